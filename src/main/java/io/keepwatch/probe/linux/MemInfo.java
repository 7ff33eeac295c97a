package io.keepwatch.probe.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The lines of /proc/meminfo in bytes. */
record MemInfo(Path file, Map<String, Long> bytes) {
    MemInfo {
        bytes = Map.copyOf(bytes);
    }

    /** Empty where there is no such file. */
    static MemInfo read(Path proc) throws IOException {
        Path file = proc.resolve("meminfo");
        Map<String, Long> bytes = new HashMap<>();
        for (String line : KernelFile.lines(file)) {
            String[] words = line.split(":?\\s+", -1);
            if (words.length == 3 && words[2].equals("kB")) {
                bytes.put(words[0], KernelFile.number(file, words[1]) * 1024);
            }
        }
        return new MemInfo(file, bytes);
    }

    boolean isEmpty() {
        return bytes.isEmpty();
    }

    boolean has(String name) {
        return bytes.containsKey(name);
    }

    long get(String name) throws IOException {
        Long value = bytes.get(name);
        if (value == null) {
            throw new IOException(file + " has no line " + name);
        }
        return value;
    }

    /** What programs can have without swapping; before Linux 3.14 the kernel does not say, and free and cached are near it. */
    long available() throws IOException {
        return has("MemAvailable") ? get("MemAvailable") : get("MemFree") + get("Buffers") + get("Cached");
    }
}
