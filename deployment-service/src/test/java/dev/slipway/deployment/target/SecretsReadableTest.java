package dev.slipway.deployment.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.ApplicationName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a secret could be read is said before a program needs it, and never what it is. */
class SecretsReadableTest {
    private static final ApplicationName HELLO = new ApplicationName("hello");

    @TempDir
    private Path home;

    private void write(String name, String value, String permissions) throws IOException {
        Path folder = home.resolve("secrets/hello");
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Path file = Files.writeString(folder.resolve(name), value);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    @Test
    void one_that_is_there_is_readable_and_each_other_says_what_helps() throws IOException {
        write("db", "orders", "rw-------");
        write("open", "orders", "rw-r--r--");
        write("empty", "\n", "rw-------");
        Secrets secrets = new Secrets(home.resolve("secrets"));

        assertThat(secrets.refusal(HELLO, "db")).isEmpty();
        assertThat(secrets.refusal(HELLO, "missing").orElseThrow()).contains("is not on this machine", "umask 077");
        assertThat(secrets.refusal(HELLO, "open").orElseThrow())
                .contains("chmod 600")
                .doesNotContain("orders");
        assertThat(secrets.refusal(HELLO, "empty").orElseThrow()).contains("is empty");
        assertThat(new Secrets(null).refusal(HELLO, "db").orElseThrow()).contains("no folder of secrets");
    }
}
