package io.keepwatch.cli;

import java.time.DateTimeException;
import java.time.YearMonth;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A month on the command line: {@code 2026-11}. */
final class MonthText implements ITypeConverter<YearMonth> {
    @Override
    public YearMonth convert(String text) {
        try {
            return YearMonth.parse(text.strip());
        } catch (DateTimeException e) {
            throw new TypeConversionException("\"" + text + "\" is not a month; write 2026-11");
        }
    }
}
