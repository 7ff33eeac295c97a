package io.keepwatch.layout.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgeCipherTest {
    private static final int CHUNK = 64 << 10;

    @TempDir
    Path directory;

    private final AgeIdentity.Made made = AgeIdentity.make(Instant.EPOCH);

    private AgeIdentity identity(AgeIdentity.Made of) throws IOException {
        return AgeIdentity.read(Files.writeString(directory.resolve("identity.txt"), of.file()));
    }

    private AgeCipher cipher() throws IOException {
        return AgeCipher.of(List.of(made.recipient()), Optional.of(identity(made)));
    }

    private static byte[] content(int bytes) {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        return content;
    }

    private static byte[] encrypted(AgeCipher cipher, byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream encrypting = cipher.encrypt(out)) {
            encrypting.write(content);
        }
        return out.toByteArray();
    }

    private static byte[] decrypted(AgeCipher cipher, byte[] encrypted) throws IOException {
        try (InputStream in = cipher.decrypt(new ByteArrayInputStream(encrypted))) {
            return in.readAllBytes();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 1_000_000})
    void what_is_encrypted_comes_back(int bytes) throws IOException {
        byte[] content = content(bytes);
        assertThat(decrypted(cipher(), encrypted(cipher(), content))).isEqualTo(content);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, 17, 3_408, 3_408 + CHUNK + 16})
    void what_was_cut_off_is_noticed_even_between_two_chunks(int missing) throws IOException {
        byte[] encrypted = encrypted(cipher(), content(3 * CHUNK + 3_392));
        byte[] cut = Arrays.copyOf(encrypted, encrypted.length - missing);
        assertThatThrownBy(() -> decrypted(cipher(), cut)).isInstanceOf(IOException.class);
    }

    @Test
    void each_recipient_opens_it_and_nobody_else() throws IOException {
        AgeIdentity.Made second = AgeIdentity.make(Instant.EPOCH);
        AgeIdentity.Made stranger = AgeIdentity.make(Instant.EPOCH);
        byte[] encrypted =
                encrypted(AgeCipher.of(List.of(made.recipient(), second.recipient()), Optional.empty()), content(100));
        for (AgeIdentity.Made reader : List.of(made, second)) {
            AgeCipher cipher = AgeCipher.of(List.of(reader.recipient()), Optional.of(identity(reader)));
            assertThat(decrypted(cipher, encrypted)).isEqualTo(content(100));
        }
        AgeCipher other = AgeCipher.of(List.of(stranger.recipient()), Optional.of(identity(stranger)));
        assertThatThrownBy(() -> decrypted(other, encrypted))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("other recipients");
    }

    @Test
    void the_tool_age_reads_what_we_write_and_writes_what_we_read() throws Exception {
        Path key = Files.writeString(directory.resolve("key.txt"), made.file());
        Path file = Files.write(directory.resolve("file.age"), encrypted(cipher(), content(200_000)));
        assertThat(run("age", "-d", "-i", key.toString(), file.toString())).isEqualTo(content(200_000));
        Path plain = Files.write(directory.resolve("plain"), content(70_000));
        assertThat(decrypted(cipher(), run("age", "-r", made.recipient(), plain.toString())))
                .isEqualTo(content(70_000));
    }

    private byte[] run(String... command) throws Exception {
        assumeTrue(
                Arrays.stream(System.getenv("PATH").split(":"))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, command[0]))),
                "needs the command " + command[0]);
        Path output = directory.resolve("output");
        Process process =
                new ProcessBuilder(command).redirectOutput(output.toFile()).start();
        String problems = new String(process.getErrorStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(problems).isZero();
        return Files.readAllBytes(output);
    }

    @Test
    void a_file_that_is_no_identity_is_refused_without_showing_what_it_holds() throws IOException {
        Path empty = Files.writeString(directory.resolve("empty"), "# only a comment\n");
        assertThatThrownBy(() -> AgeIdentity.read(empty))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("AGE-SECRET-KEY-1")
                .hasMessageContaining("keepwatch key new");
        String secret = made.file().lines().skip(2).findFirst().orElseThrow();
        Path cut = Files.writeString(directory.resolve("cut"), secret.substring(0, secret.length() - 1));
        assertThatThrownBy(() -> AgeIdentity.read(cut))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("key 1")
                .satisfies(error -> assertThat(error.toString()).doesNotContain(secret.substring(20, 40)))
                .hasNoCause();
        assertThat(identity(made).toString()).doesNotContain(secret);
    }
}
