package dev.slipway.deployment.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.Digest;
import dev.slipway.contracts.policy.SettingChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether secrets and artifacts are as a version was started with them. */
class AsStartedTest {
    private static final String KEY = "hello@1.0.0/production/1";

    @TempDir
    Path home = Path.of("");

    private TargetSettings settings = ProcessTargetTest.settings(Path.of("."));
    private Path secret = Path.of("");
    private Path work = Path.of("");

    @BeforeEach
    void prepare() throws IOException {
        settings = ProcessTargetTest.settings(home);
        Path folder = Files.createDirectory(
                home.resolve("secrets"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        secret = folder.resolve("db");
        write("one");
        work = new KeyFolder(settings.directory(), KEY).workDirectory();
        Files.createDirectories(work);
    }

    private void write(String value) throws IOException {
        Files.writeString(secret, value);
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    }

    private String fingerprint(String value) throws IOException {
        return new Fingerprints(settings.directory()).of(value);
    }

    private AsStarted asStarted() {
        return new AsStarted(settings, new Secrets(home.resolve("secrets")));
    }

    /** It runs, and was started with the secret as it is now. */
    private void started(Map<String, String> fingerprints) throws InterruptedException {
        KeyFolder folder = new KeyFolder(settings.directory(), KEY);
        folder.locked(record ->
                folder.write(record.starting(new Ports(1, Map.of()), fingerprints, Map.of(), Instant.EPOCH)
                        .running(1, Instant.EPOCH, null, Instant.EPOCH)));
    }

    private Artifact file(String content) throws IOException {
        Files.writeString(work.resolve("app.jar"), content);
        return new Artifact(home.resolve("app.jar").toUri(), Digest.of(content));
    }

    private List<SettingChange> changes(AsStarted asStarted, Artifact artifact) throws IOException {
        return asStarted.changes(KEY, List.of(artifact)).orElseThrow();
    }

    @Test
    void a_secret_with_another_value_is_told_by_fingerprints_and_no_more_once_it_is_put_back() throws Exception {
        Artifact artifact = file("jar");
        started(Map.of("db", fingerprint("one")));
        AsStarted asStarted = asStarted();
        assertThat(changes(asStarted, artifact)).isEmpty();

        write("two");
        assertThat(changes(asStarted, artifact))
                .containsExactly(new SettingChange(
                        "secret db", "fingerprint " + fingerprint("one"), "fingerprint " + fingerprint("two")))
                .asString()
                .doesNotContain("two");
        write("one\n");
        assertThat(changes(asStarted, artifact)).isEmpty();
    }

    @Test
    void a_secret_that_is_gone_is_told() throws Exception {
        Artifact artifact = file("jar");
        started(Map.of("db", fingerprint("one")));
        Files.delete(secret);

        assertThat(changes(asStarted(), artifact))
                .extracting(SettingChange::text)
                .containsExactly("secret db: fingerprint %s -> cannot be read any more".formatted(fingerprint("one")));
    }

    @Test
    void a_released_file_that_was_written_replaced_or_removed_is_told_until_it_is_as_released() throws Exception {
        Artifact artifact = file("jar");
        started(Map.of());
        AsStarted asStarted = asStarted();
        assertThat(changes(asStarted, artifact)).isEmpty();
        Path place = work.resolve("app.jar");
        Path aside = Files.move(place, home.resolve("aside"));
        assertThat(changes(asStarted, artifact)).extracting(SettingChange::name).containsExactly("artifact app.jar");

        Files.writeString(place, "rej");
        assertThat(changes(asStarted, artifact))
                .extracting(SettingChange::after)
                .containsExactly("changed in " + place);
        asStarted.forgetGone();
        Files.delete(place);
        Files.move(aside, place);
        assertThat(changes(asStarted, artifact)).isEmpty();
    }

    @Test
    void an_unpacked_archive_in_which_a_file_was_written_is_told_and_one_to_which_the_program_added_is_not()
            throws Exception {
        Path zip = home.resolve("app.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("bin/app"));
            out.write('x');
            out.closeEntry();
        }
        Artifact artifact = new Artifact(zip.toUri(), ArtifactStore.digest(zip));
        Path folder = new Archives(settings).folder(ArchiveFormat.ZIP, zip, artifact.digest());
        started(Map.of());
        AsStarted asStarted = asStarted();
        assertThat(changes(asStarted, artifact)).isEmpty();

        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(folder.resolve("added"), "y");
        assertThat(changes(asStarted, artifact)).isEmpty();

        Path app = folder.resolve("bin").resolve("app");
        Files.setPosixFilePermissions(app, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(app, "y");
        assertThat(changes(asStarted, artifact))
                .extracting(SettingChange::text)
                .containsExactly("artifact app.zip: digest %s -> changed in %s"
                        .formatted(artifact.digest().brief(), folder));
        Files.writeString(app, "x");
        assertThat(changes(asStarted, artifact)).isEmpty();
    }

    @Test
    void of_what_does_not_run_here_nothing_is_said() throws Exception {
        assertThat(asStarted().changes("hello@2.0.0/production/1", List.of(file("jar"))))
                .isEmpty();
        KeyFolder folder = new KeyFolder(settings.directory(), KEY);
        folder.locked(record -> folder.write(record.stopped(Instant.EPOCH)));
        assertThat(asStarted().changes(KEY, List.of(file("jar")))).isEmpty();
    }
}
