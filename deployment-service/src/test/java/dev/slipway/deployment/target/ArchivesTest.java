package dev.slipway.deployment.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.UnixStat;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchivesTest {
    private static final int BYTES_MAX = 10_000;
    private static final int ENTRIES_MAX = 5;
    private static final int PROGRAM = 0755;
    private static final int PLAIN = 0644;

    @TempDir
    Path directory = Path.of("");

    /** Packs what a real packer would not. */
    private interface Packer extends AutoCloseable {
        void file(String name, int mode, byte[] content) throws IOException;

        void folder(String name) throws IOException;

        void link(String name, String to) throws IOException;

        @Override
        void close() throws IOException;
    }

    private interface Filling {
        void into(Packer packer) throws IOException;
    }

    private Archives archives() {
        return new Archives(directory.resolve("unpacked"), BYTES_MAX, ENTRIES_MAX);
    }

    private Path packed(ArchiveFormat format, Filling filling) throws IOException {
        Path archive = directory.resolve("app." + format);
        try (Packer packer = format == ArchiveFormat.ZIP ? zip(archive) : tar(archive)) {
            filling.into(packer);
        }
        return archive;
    }

    private Path unpack(ArchiveFormat format, Path archive) throws IOException {
        return archives().folder(format, archive, SampleBuild.digest(archive));
    }

    private Path unpacked(ArchiveFormat format, Filling filling) throws IOException {
        return unpack(format, packed(format, filling));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void usual(Packer packer) throws IOException {
        packer.folder("bin/");
        packer.file("bin/server", PROGRAM, bytes("a program"));
        packer.file("./etc/config.json", PLAIN, bytes("{}"));
    }

    @ParameterizedTest
    @EnumSource
    void files_lie_under_the_archives_digest_and_what_could_be_run_still_can(ArchiveFormat format) throws Exception {
        Path archive = packed(format, ArchivesTest::usual);

        Path folder = unpack(format, archive);

        assertThat(folder)
                .isEqualTo(directory
                        .resolve("unpacked")
                        .resolve(SampleBuild.digest(archive).hex()));
        assertThat(folder.resolve("bin/server")).hasContent("a program");
        assertThat(folder.resolve("etc/config.json")).hasContent("{}");
        assertThat(permissions(folder.resolve("bin/server"))).isEqualTo("r-x------");
        assertThat(permissions(folder.resolve("etc/config.json"))).isEqualTo("r--------");
        assertThat(permissions(folder)).isEqualTo("r-x------");
        assertThat(archives().holds(SampleBuild.digest(archive))).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void what_was_changed_since_is_told_and_unpacked_anew(ArchiveFormat format) throws Exception {
        Path archive = packed(format, ArchivesTest::usual);
        Digest digest = SampleBuild.digest(archive);
        Path file = unpack(format, archive).resolve("etc/config.json");
        assertThat(archives().holds(digest)).isTrue();

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(file, "{\"changed\": true}");

        assertThat(archives().place(digest)).exists();
        assertThat(archives().holds(digest)).isFalse();
        assertThat(unpack(format, archive).resolve("etc/config.json")).hasContent("{}");
        assertThat(archives().holds(digest)).isTrue();
    }

    @Test
    void a_file_put_beside_or_made_runnable_is_a_change_too() throws Exception {
        Path archive = packed(ArchiveFormat.ZIP, ArchivesTest::usual);
        Path folder = unpack(ArchiveFormat.ZIP, archive);
        Files.setPosixFilePermissions(folder.resolve("etc/config.json"), PosixFilePermissions.fromString("r-x------"));
        assertThat(archives().place(SampleBuild.digest(archive))).exists();
        assertThat(archives().holds(SampleBuild.digest(archive))).isFalse();

        Path again = unpack(ArchiveFormat.ZIP, archive);
        Files.setPosixFilePermissions(again, PosixFilePermissions.fromString("rwx------"));
        Files.createSymbolicLink(again.resolve("more"), Path.of("bin/server"));
        assertThat(archives().place(SampleBuild.digest(archive))).exists();
        assertThat(archives().holds(SampleBuild.digest(archive))).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void no_name_leads_out_of_the_folder(ArchiveFormat format) throws Exception {
        for (String way : new String[] {"../out", "bin/../../out", "/tmp/out", "bin/..", "..\\out"}) {
            assertThatThrownBy(() -> unpacked(format, packer -> packer.file(way, PLAIN, bytes("x"))))
                    .isInstanceOf(ArchiveRefused.class)
                    .hasMessageContaining("outside its folder");
        }
        assertThat(directory.resolve("out")).doesNotExist();
        assertThat(directory.resolve("unpacked")).isEmptyDirectory();
    }

    @ParameterizedTest
    @EnumSource
    void links_are_refused_with_the_remedy(ArchiveFormat format) {
        assertThatThrownBy(() -> unpacked(format, packer -> packer.link("etc", "/etc")))
                .isInstanceOf(ArchiveRefused.class)
                .hasMessageContaining("link, \"etc\"")
                .hasMessageContaining("--dereference");
        assertThat(directory.resolve("unpacked")).isEmptyDirectory();
    }

    @Test
    void hard_links_and_devices_are_refused() {
        assertThatThrownBy(() -> special(TarConstants.LF_LINK)).hasMessageContaining("holds a link");
        for (byte kind : new byte[] {TarConstants.LF_FIFO, TarConstants.LF_CHR, TarConstants.LF_BLK}) {
            assertThatThrownBy(() -> special(kind))
                    .isInstanceOf(ArchiveRefused.class)
                    .hasMessageContaining("neither a file nor a folder");
        }
    }

    private void special(byte kind) throws IOException {
        Path archive = directory.resolve("special.tgz");
        try (TarArchiveOutputStream tar =
                new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(archive)))) {
            TarArchiveEntry entry = new TarArchiveEntry("special", kind);
            entry.setLinkName("bin/server");
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
        }
        unpack(ArchiveFormat.TAR_GZ, archive);
    }

    @ParameterizedTest
    @EnumSource
    void what_unpacks_to_more_bytes_than_allowed_is_refused_however_small_it_is_packed(ArchiveFormat format) {
        assertThatThrownBy(() -> unpacked(format, packer -> {
                    packer.file("a", PLAIN, new byte[BYTES_MAX / 2]);
                    packer.file("b", PLAIN, new byte[BYTES_MAX / 2 + 1]);
                }))
                .isInstanceOf(ArchiveRefused.class)
                .hasMessageContaining("unpacked-bytes-max, 10000 bytes");
        assertThat(directory.resolve("unpacked")).isEmptyDirectory();
    }

    @ParameterizedTest
    @EnumSource
    void as_many_entries_as_allowed_are_unpacked_and_one_more_is_not(ArchiveFormat format) throws Exception {
        assertThat(unpacked(format, packer -> files(packer, ENTRIES_MAX))).isDirectory();
        assertThatThrownBy(() -> unpacked(format, packer -> files(packer, ENTRIES_MAX + 1)))
                .isInstanceOf(ArchiveRefused.class)
                .hasMessageContaining("unpacked-entries-max, 5 files and folders");
    }

    private static void files(Packer packer, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            packer.file("file" + i, PLAIN, bytes("x"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void the_same_name_twice_is_refused(ArchiveFormat format) {
        assertThatThrownBy(() -> unpacked(format, packer -> {
                    packer.file("app", PLAIN, bytes("one"));
                    packer.file("./app", PLAIN, bytes("other"));
                }))
                .isInstanceOf(ArchiveRefused.class)
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> unpacked(format, packer -> {
                    packer.file("app", PLAIN, bytes("one"));
                    packer.file("app/more", PLAIN, bytes("other"));
                }))
                .isInstanceOf(ArchiveRefused.class)
                .hasMessageContaining("twice");
    }

    @ParameterizedTest
    @EnumSource
    void what_is_no_archive_or_ends_too_early_is_refused_in_words(ArchiveFormat format) throws Exception {
        Path text = Files.writeString(directory.resolve("text"), "no archive at all");
        assertThatThrownBy(() -> unpack(format, text))
                .isInstanceOf(ArchiveRefused.class)
                .hasMessageContaining("cannot be read as one")
                .hasMessageContaining("pack it anew");

        byte[] whole = Files.readAllBytes(packed(format, ArchivesTest::usual));
        Path half = Files.write(directory.resolve("half"), java.util.Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> unpack(format, half)).isInstanceOf(ArchiveRefused.class);
        assertThat(directory.resolve("unpacked")).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"git archive", "tar"})
    void what_the_usual_programs_pack_is_unpacked(String by) throws Exception {
        Path work = Files.createDirectories(directory.resolve("work/bin"));
        Path program = Files.writeString(work.resolve("server"), "#!/bin/sh\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path archive = directory.resolve("app.tar.gz");
        String pack = by.equals("tar")
                ? "tar czf ../app.tar.gz ."
                : "git init -q . && git add . && git -c user.name=a -c user.email=a@example.test commit -qm a"
                        + " && git archive --format=tar.gz -o ../app.tar.gz HEAD";
        Process packing = new ProcessBuilder("/bin/sh", "-c", pack)
                .directory(directory.resolve("work").toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(packing.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(packing.waitFor()).as(said).isZero();

        Path folder = unpack(ArchiveFormat.TAR_GZ, archive);

        assertThat(permissions(folder.resolve("bin/server"))).isEqualTo("r-x------");
    }

    @Test
    void folders_of_archives_that_are_no_longer_kept_go_and_all_others_stay() throws Exception {
        Path kept = packed(ArchiveFormat.ZIP, ArchivesTest::usual);
        Path folder = unpack(ArchiveFormat.ZIP, kept);
        Path gone = unpacked(ArchiveFormat.TAR_GZ, ArchivesTest::usual);

        archives().prune(Set.of(SampleBuild.digest(kept).hex()));

        assertThat(folder.resolve("bin/server")).exists();
        try (Stream<Path> left = Files.list(directory.resolve("unpacked"))) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder(folder.getFileName().toString(), folder.getFileName() + ".sums");
        }
        assertThat(gone).doesNotExist();
    }

    @Test
    void an_archive_is_known_by_its_name() {
        assertThat(ArchiveFormat.of("https://example.test/a/app-1.0.TAR.GZ")).contains(ArchiveFormat.TAR_GZ);
        assertThat(ArchiveFormat.of("app.tgz")).contains(ArchiveFormat.TAR_GZ);
        assertThat(ArchiveFormat.of("app.zip")).contains(ArchiveFormat.ZIP);
        assertThat(ArchiveFormat.of("app.jar")).isEmpty();
        assertThat(ArchiveFormat.of("app.gz")).isEmpty();
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static Packer tar(Path archive) throws IOException {
        TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(Files.newOutputStream(archive)));
        return new Packer() {
            @Override
            public void file(String name, int mode, byte[] content) throws IOException {
                TarArchiveEntry entry = new TarArchiveEntry(name, true);
                entry.setMode(mode);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }

            @Override
            public void folder(String name) throws IOException {
                tar.putArchiveEntry(new TarArchiveEntry(name));
                tar.closeArchiveEntry();
            }

            @Override
            public void link(String name, String to) throws IOException {
                TarArchiveEntry entry = new TarArchiveEntry(name, TarConstants.LF_SYMLINK);
                entry.setLinkName(to);
                tar.putArchiveEntry(entry);
                tar.closeArchiveEntry();
            }

            @Override
            public void close() throws IOException {
                tar.close();
            }
        };
    }

    private static Packer zip(Path archive) throws IOException {
        ZipArchiveOutputStream zip = new ZipArchiveOutputStream(archive);
        return new Packer() {
            @Override
            public void file(String name, int mode, byte[] content) throws IOException {
                ZipArchiveEntry entry = new ZipArchiveEntry(name);
                entry.setUnixMode(UnixStat.FILE_FLAG | mode);
                zip.putArchiveEntry(entry);
                zip.write(content);
                zip.closeArchiveEntry();
            }

            @Override
            public void folder(String name) throws IOException {
                zip.putArchiveEntry(new ZipArchiveEntry(name));
                zip.closeArchiveEntry();
            }

            @Override
            public void link(String name, String to) throws IOException {
                ZipArchiveEntry entry = new ZipArchiveEntry(name);
                entry.setUnixMode(UnixStat.LINK_FLAG | PLAIN);
                zip.putArchiveEntry(entry);
                zip.write(bytes(to));
                zip.closeArchiveEntry();
            }

            @Override
            public void close() throws IOException {
                zip.close();
            }
        };
    }
}
