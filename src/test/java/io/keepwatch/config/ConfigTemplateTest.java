package io.keepwatch.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepwatch.config.yaml.Key;
import io.keepwatch.config.yaml.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTemplateTest {
    @TempDir
    private Path folder;

    private static Machine machine(Map<String, String> environment, long uid) {
        return new Machine(environment, Path.of("/home/ada l"), uid, "web-1");
    }

    private static String withoutHashes(String template) {
        return template.replaceAll("(?m)^( *)#(?! )", "$1");
    }

    @Test
    void it_is_a_configuration_with_the_embedded_store() {
        Config config = new ConfigFixture(folder)
                .load(new ConfigTemplate(machine(Map.of(), 0)).text())
                .config();
        assertThat(config.roots()).extracting(RootConfig::path).containsExactly(Path.of("/etc"), Path.of("/home"));
        assertThat(config.store().s3()).isEmpty();
        assertThat(config.host()).isEqualTo("web-1");
    }

    @Test
    void an_ordinary_user_backs_up_the_home_folder() {
        Config config = new ConfigFixture(folder)
                .load(new ConfigTemplate(machine(Map.of(), 1000)).text())
                .config();
        assertThat(config.roots()).extracting(RootConfig::path).containsExactly(Path.of("/home/ada l"));
    }

    @Test
    void a_known_bucket_is_filled_in() {
        Map<String, String> environment = Map.of("KEEPWATCH_BUCKET", "my-own", "AWS_REGION", "eu-west-3");
        Config config = new ConfigFixture(folder)
                .load(new ConfigTemplate(machine(environment, 0)).text())
                .config();
        assertThat(config.store().s3()).map(S3Config::bucket).hasValue("my-own");
        assertThat(config.store().s3().flatMap(S3Config::region)).hasValue("eu-west-3");
    }

    @Test
    void no_comment_lies() {
        for (Map<String, String> environment :
                List.of(Map.<String, String>of(), Map.of("KEEPWATCH_BUCKET", "my-own"))) {
            String text = withoutHashes(new ConfigTemplate(machine(environment, 0)).text());
            LoadedConfig loaded = new ConfigFixture(folder).load(text);
            assertThat(loaded.config().store().s3()).map(S3Config::sse).hasValue(S3Config.Sse.AWS_KMS);
            assertThat(loaded.config().settle())
                    .isEqualTo(new ConfigFixture(folder).load("").config().settle());
            assertThat(loaded.config().store().prices())
                    .isEqualTo(
                            new ConfigFixture(folder).load("").config().store().prices());
        }
    }

    @Test
    void every_option_is_in_it() {
        String text = withoutHashes(new ConfigTemplate(machine(Map.of(), 0)).text());
        assertThat(names(ConfigSchema.of(ConfigFixture.MACHINE, Path.of("keepwatch.yml"))))
                .allSatisfy(name -> assertThat(text).containsPattern("[\\s{]" + name + ":"));
    }

    private static Stream<String> names(Section<?> section) {
        return section.keys().stream().flatMap(ConfigTemplateTest::names);
    }

    private static Stream<String> names(Key<?> key) {
        return Stream.concat(
                Stream.of(key.name()), key.type().section().stream().flatMap(ConfigTemplateTest::names));
    }

    @Test
    void the_region_comes_from_the_profile_in_use() throws IOException {
        Path file = folder.resolve("config");
        Files.writeString(file, "[default]\nregion = eu-west-1\n[profile work]\noutput = json\nregion=us-east-2\n");
        Map<String, String> environment = Map.of("AWS_CONFIG_FILE", file.toString());
        assertThat(new AwsRegion(machine(environment, 0)).find()).hasValue("eu-west-1");
        Map<String, String> other = Map.of("AWS_CONFIG_FILE", file.toString(), "AWS_PROFILE", "work");
        assertThat(new AwsRegion(machine(other, 0)).find()).hasValue("us-east-2");
        assertThat(new AwsRegion(machine(Map.of(), 0)).find()).isEmpty();
    }
}
