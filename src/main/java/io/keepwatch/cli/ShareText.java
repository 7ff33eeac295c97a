package io.keepwatch.cli;

import io.keepwatch.unit.Ratio;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A share on the command line: {@code 5%}. */
final class ShareText implements ITypeConverter<Ratio> {
    @Override
    public Ratio convert(String text) {
        try {
            return Ratio.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
