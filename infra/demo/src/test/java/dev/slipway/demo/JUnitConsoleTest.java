package dev.slipway.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JUnitConsoleTest {
    @TempDir
    Path folder;

    @Test
    void the_launcher_is_found_on_the_class_path() throws IOException {
        JUnitConsole console = JUnitConsole.locate(folder);

        assertThat(console.jar()).isRegularFile();
        assertThat(console.jar().getFileName().toString()).startsWith("junit-platform-console-standalone-");
    }

    @Test
    void a_folder_with_a_space_does_no_harm() throws IOException {
        Path jar = folder.resolve("with space.jar");

        assertThat(JUnitConsole.at(jar.toUri().toURL(), folder).jar()).isEqualTo(jar);
    }

    @Test
    void a_launcher_nested_in_another_jar_is_copied_out() throws IOException {
        Path outer = folder.resolve("outer.jar");
        try (OutputStream file = Files.newOutputStream(outer);
                JarOutputStream jar = new JarOutputStream(file)) {
            jar.putNextEntry(new JarEntry("lib/console.jar"));
            jar.write("the launcher".getBytes(StandardCharsets.UTF_8));
            jar.closeEntry();
        }
        URI nested = URI.create("jar:" + outer.toUri() + "!/lib/console.jar");

        JUnitConsole console = JUnitConsole.at(nested.toURL(), folder.resolve("lib"));

        assertThat(console.jar()).startsWith(folder.resolve("lib")).hasContent("the launcher");
    }
}
