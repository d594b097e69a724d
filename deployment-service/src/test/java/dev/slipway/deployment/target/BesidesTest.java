package dev.slipway.deployment.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.deployment.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a machine tells of itself so that two environments can be compared. */
class BesidesTest {
    private static final Facts STAGING = Facts.ofKey("hello@1.1.0/staging/1");

    @TempDir
    Path home = Path.of("");

    private TargetSettings settings = ProcessTargetTest.settings(Path.of("."));

    @BeforeEach
    void prepare() throws IOException {
        settings = ProcessTargetTest.settings(home);
        Files.createDirectory(
                home.resolve("secrets"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    private void secret(String name, String value) throws IOException {
        Path file = home.resolve("secrets").resolve(name);
        Files.writeString(file, value);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private Path runs(String key, int port, Map<String, Integer> named) throws Exception {
        KeyFolder folder = new KeyFolder(settings.directory(), key);
        folder.locked(record -> folder.write(record.starting(new Ports(port, named), Map.of(), Map.of(), Instant.EPOCH)
                .running(1, Instant.EPOCH, null, Instant.EPOCH)));
        return folder.workDirectory();
    }

    private Map<String, String> told(String... names) {
        return new Besides(settings.directory(), new Secrets(home.resolve("secrets"))).of(STAGING, List.of(names));
    }

    @Test
    void equal_secrets_have_equal_fingerprints_and_one_that_cannot_be_read_is_left_out() throws Exception {
        secret("db", "one");
        secret("staging-db", "one");
        secret("other", "two");

        Map<String, String> told =
                told("fingerprint.db", "fingerprint.staging-db", "fingerprint.other", "fingerprint.gone");

        assertThat(told).containsOnlyKeys("fingerprint.db", "fingerprint.staging-db", "fingerprint.other");
        assertThat(told.get("fingerprint.db"))
                .isEqualTo(told.get("fingerprint.staging-db"))
                .isNotEqualTo(told.get("fingerprint.other"))
                .matches("[0-9a-f]{12}");
        assertThat(told.values()).doesNotContain("one", "two");
    }

    @Test
    void what_runs_in_other_environments_of_the_application_is_told_and_nothing_else() throws Exception {
        Path verified = runs("hello@1.0.0/production/1", 8001, Map.of("admin", 8002));
        Path canary = runs("hello@1.1.0/production/1", 8003, Map.of());
        runs("hello@1.1.0/staging/1", 9001, Map.of());
        runs("words@1.0.0/production/1", 7001, Map.of());

        Map<String, String> told = told(Told.PORTS_BESIDE, Told.FOLDERS_BESIDE);

        assertThat(told).containsEntry(Told.PORTS_BESIDE, "8001,8002,8003");
        assertThat(String.valueOf(told.get(Told.FOLDERS_BESIDE)).lines())
                .containsExactlyInAnyOrder(verified.toString(), canary.toString());
    }

    @Test
    void where_nothing_runs_beside_it_that_is_told_as_well_and_who_asks_nothing_is_told_nothing() {
        assertThat(told(Told.PORTS_BESIDE, Told.FOLDERS_BESIDE))
                .isEqualTo(Map.of(Told.PORTS_BESIDE, "", Told.FOLDERS_BESIDE, ""));
        assertThat(told()).isEmpty();
    }
}
