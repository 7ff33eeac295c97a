package io.keepwatch.probe;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What real kernels and tools said in many states, as {@code src/test/capture} wrote it down: {@code === state}, then for each
 * file {@code --- path} and its lines.
 */
public final class CapturedStates {
    private final Map<String, Map<String, String>> states = new LinkedHashMap<>();

    private CapturedStates() {}

    /** A file of src/test/resources/host/captured. */
    public static CapturedStates of(String name) {
        CapturedStates captured = new CapturedStates();
        Map<String, String> files = new LinkedHashMap<>();
        String path = "";
        for (String line : ScriptedTools.captured("captured/" + name).lines().toList()) {
            if (line.startsWith("=== ")) {
                files = new LinkedHashMap<>();
                captured.states.put(line.substring(4), files);
            } else if (line.startsWith("--- ")) {
                path = line.substring(4);
                files.put(path, "");
            } else if (!line.startsWith("# ")) {
                files.merge(path, line + "\n", String::concat);
            }
        }
        return captured;
    }

    public List<String> names() {
        return new ArrayList<>(states.keySet());
    }

    public String file(String state, String path) {
        String text = states.getOrDefault(state, Map.of()).get(path);
        if (text == null) {
            throw new IllegalArgumentException("there is no " + path + " in the state " + state);
        }
        return text;
    }

    /** Writes the files of a state into a folder that stands in for a host. */
    public void into(FolderHost host, String state) throws IOException {
        for (Map.Entry<String, String> file :
                states.getOrDefault(state, Map.of()).entrySet()) {
            host.write(file.getKey(), file.getValue());
        }
    }
}
