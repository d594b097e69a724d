package dev.slipway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecutableJarTest {
    @TempDir
    Path folder;

    @Test
    void the_same_classes_give_the_same_digest_whenever_they_were_written() throws IOException {
        Path classes = classes("one");
        String first = ExecutableJar.write(classes, "a.B", "1.0.0", folder.resolve("one.jar"));
        Path later = classes("two");
        Files.setLastModifiedTime(later.resolve("a/B.class"), FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));

        String second = ExecutableJar.write(later, "a.B", "1.0.0", folder.resolve("two.jar"));

        assertThat(second).isEqualTo(first).matches("sha256:[0-9a-f]{64}");
        assertThat(folder.resolve("two.jar")).hasSameBinaryContentAs(folder.resolve("one.jar"));
    }

    @Test
    void the_jar_names_its_main_class_and_version() throws IOException {
        Path jar = folder.resolve("one.jar");
        ExecutableJar.write(classes("one"), "a.B", "1.0.0", jar);

        try (JarFile written = new JarFile(jar.toFile())) {
            assertThat(written.getManifest().getMainAttributes().getValue("Main-Class"))
                    .isEqualTo("a.B");
            assertThat(written.getManifest().getMainAttributes().getValue("Implementation-Version"))
                    .isEqualTo("1.0.0");
            assertThat(written.getEntry("a/B.class")).isNotNull();
        }
    }

    @Test
    void a_jar_that_is_there_already_is_left_alone() throws IOException {
        Path jar = folder.resolve("one.jar");
        ExecutableJar.write(classes("one"), "a.B", "1.0.0", jar);
        FileTime old = FileTime.from(Instant.parse("2001-01-01T00:00:00Z"));
        Files.setLastModifiedTime(jar, old);

        ExecutableJar.write(classes("one"), "a.B", "1.0.0", jar);

        assertThat(Files.getLastModifiedTime(jar)).isEqualTo(old);
    }

    private Path classes(String name) throws IOException {
        Path classes = Files.createDirectories(folder.resolve(name));
        Files.createDirectories(classes.resolve("a"));
        Files.writeString(classes.resolve("a/B.class"), "bytes of B");
        Files.writeString(classes.resolve("a/C.class"), "bytes of C");
        return classes;
    }
}
