package io.keepwatch.history;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * The samples of one series in one block as bytes: the differences of differences of the times, then the differences of the
 * values as whole multiples of a step, deflated where that is shorter. Whole numbers that vary by less than a million are
 * exact; any other value keeps five digits of the largest in its chunk, which is finer than a chart or a report shows.
 */
final class ChunkCodec {
    private static final int DEFLATED = 1;
    private static final int AGGREGATE = 2;
    private static final double EXACT_RANGE = 1e6;
    private static final int DIGITS = 5;
    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private ChunkCodec() {}

    /** @param base a second near the first one, known to the reader */
    static byte[] encode(long base, List<Sample> samples) {
        boolean aggregate = samples.stream().anyMatch(s -> s.min() != s.mean() || s.max() != s.mean());
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        VarInts.write(plain, samples.size());
        long before = base;
        long step = 0;
        for (Sample sample : samples) {
            long next = sample.second() - before;
            VarInts.write(plain, next - step);
            step = next;
            before = sample.second();
        }
        writeColumn(plain, samples, Sample::mean);
        if (aggregate) {
            writeColumn(plain, samples, Sample::min);
            writeColumn(plain, samples, Sample::max);
        }
        byte[] bytes = plain.toByteArray();
        byte[] shorter = deflate(bytes);
        boolean deflated = shorter.length < bytes.length;
        byte[] body = deflated ? shorter : bytes;
        byte[] chunk = new byte[body.length + 1];
        chunk[0] = (byte) ((deflated ? DEFLATED : 0) | (aggregate ? AGGREGATE : 0));
        System.arraycopy(body, 0, chunk, 1, body.length);
        return chunk;
    }

    private static void writeColumn(ByteArrayOutputStream out, List<Sample> samples, ToDoubleFunction<Sample> column) {
        double[] values = samples.stream().mapToDouble(column).toArray();
        int exponent = exponent(values);
        double unit = Math.pow(10, exponent);
        VarInts.write(out, exponent);
        long before = 0;
        for (double value : values) {
            long multiple = Math.round(value / unit);
            VarInts.write(out, multiple - before);
            before = multiple;
        }
    }

    /** The power of ten whose multiples the values become. */
    private static int exponent(double[] values) {
        double min = Double.POSITIVE_INFINITY;
        double max = Double.NEGATIVE_INFINITY;
        boolean whole = true;
        for (double value : values) {
            min = Math.min(min, value);
            max = Math.max(max, value);
            whole &= value == Math.rint(value) && Math.abs(value) < 1e15;
        }
        if (whole && max - min < EXACT_RANGE) {
            return 0;
        }
        double largest = Math.max(Math.abs(min), Math.abs(max));
        return largest == 0 ? 0 : (int) Math.ceil(Math.log10(largest)) - DIGITS;
    }

    /** Throws IllegalArgumentException where the bytes are no chunk. */
    static List<Sample> decode(long base, byte[] chunk) {
        try {
            int flags = chunk[0];
            ByteBuffer in = (flags & DEFLATED) != 0
                    ? ByteBuffer.wrap(inflate(chunk))
                    : ByteBuffer.wrap(chunk, 1, chunk.length - 1);
            int count = Math.toIntExact(VarInts.read(in));
            if (count < 0 || count > in.remaining()) {
                throw new IllegalArgumentException(
                        "a chunk of " + in.remaining() + " bytes holds no " + count + " values");
            }
            long[] seconds = new long[count];
            long before = base;
            long step = 0;
            for (int i = 0; i < count; i++) {
                step += VarInts.read(in);
                before += step;
                seconds[i] = before;
            }
            double[] mean = readColumn(in, count);
            double[] min = (flags & AGGREGATE) != 0 ? readColumn(in, count) : mean;
            double[] max = (flags & AGGREGATE) != 0 ? readColumn(in, count) : mean;
            List<Sample> samples = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                samples.add(new Sample(seconds[i], min[i], mean[i], max[i]));
            }
            return samples;
        } catch (BufferUnderflowException | DataFormatException | ArithmeticException e) {
            throw new IllegalArgumentException("a chunk of " + chunk.length + " bytes is damaged", e);
        }
    }

    private static double[] readColumn(ByteBuffer in, int count) {
        int exponent = (int) VarInts.read(in);
        // Dividing by an exact power gives the nearest double to the decimal number; multiplying by a fraction does
        // not.
        double unit = Math.pow(10, Math.abs(exponent));
        double[] values = new double[count];
        long multiple = 0;
        for (int i = 0; i < count; i++) {
            multiple += VarInts.read(in);
            values[i] = exponent < 0 ? multiple / unit : multiple * unit;
        }
        return values;
    }

    private static byte[] deflate(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
            byte[] part = new byte[1024];
            while (!deflater.finished()) {
                out.write(part, 0, deflater.deflate(part));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static byte[] inflate(byte[] chunk) throws DataFormatException {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(chunk, 1, chunk.length - 1);
            ByteArrayOutputStream out = new ByteArrayOutputStream(chunk.length * 4);
            byte[] part = new byte[4096];
            while (!inflater.finished()) {
                int length = inflater.inflate(part);
                out.write(part, 0, length);
                if ((length == 0 && inflater.needsInput()) || out.size() > MOST_BYTES) {
                    throw new DataFormatException("it has no end");
                }
            }
            return out.toByteArray();
        } finally {
            inflater.end();
        }
    }
}
