package io.keepwatch.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
    @TempDir
    private Path folder;

    private Path etc() {
        return folder.resolve("etc/keepwatch.yml");
    }

    private ConfigFile with(Map<String, String> environment) {
        return new ConfigFile(new Machine(environment, folder.resolve("home"), 1000, "web-1"), etc());
    }

    private static void create(Path file) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, "");
    }

    @Test
    void the_option_comes_before_the_variable() {
        ConfigFile file = with(Map.of("KEEPWATCH_CONFIG", "/variable.yml"));
        assertThat(file.find(Optional.of(Path.of("/option.yml")))).isEqualTo(Path.of("/option.yml"));
        assertThat(file.find(Optional.empty())).isEqualTo(Path.of("/variable.yml"));
    }

    @Test
    void the_file_of_the_machine_comes_before_that_of_the_user() throws IOException {
        Path own = folder.resolve("home/.config/keepwatch/keepwatch.yml");
        create(own);
        assertThat(with(Map.of()).find(Optional.empty())).isEqualTo(own);
        create(etc());
        assertThat(with(Map.of()).find(Optional.empty())).isEqualTo(etc());
    }

    @Test
    void the_folder_of_xdg_counts() throws IOException {
        Path own = folder.resolve("xdg/keepwatch/keepwatch.yml");
        create(own);
        assertThat(with(Map.of("XDG_CONFIG_HOME", folder.resolve("xdg").toString()))
                        .find(Optional.empty()))
                .isEqualTo(own);
    }

    @Test
    void without_any_file_the_message_says_where_it_looked() {
        assertThatThrownBy(() -> with(Map.of()).find(Optional.empty()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(etc() + " or " + folder.resolve("home/.config/keepwatch/keepwatch.yml"))
                .hasMessageContaining("keepwatch init");
    }

    @Test
    void an_ordinary_user_writes_below_the_home_folder_and_root_to_etc() {
        assertThat(with(Map.of()).target(Optional.empty()))
                .isEqualTo(folder.resolve("home/.config/keepwatch/keepwatch.yml"));
        assertThat(new ConfigFile(new Machine(Map.of(), folder, 0, "a"), etc()).target(Optional.empty()))
                .isEqualTo(etc());
    }
}
