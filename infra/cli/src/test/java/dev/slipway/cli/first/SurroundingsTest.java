package dev.slipway.cli.first;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.testkit.git.TestRepository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurroundingsTest {
    @TempDir
    Path temporary = Path.of("");

    private Path folder = Path.of("");

    @BeforeEach
    void make() throws IOException {
        folder = Files.createDirectory(temporary.resolve("My_Shop 2"));
    }

    @Test
    void an_empty_folder_tells_its_name_alone() {
        Surroundings around = Surroundings.of(folder);

        assertThat(around.application()).isEqualTo("my-shop-2");
        assertThat(around.repository()).isEmpty();
        assertThat(around.program()).isEmpty();
        assertThat(around.author()).isEmpty();
    }

    @Test
    void the_only_script_that_is_no_test_is_the_program() throws Exception {
        Files.createFile(folder.resolve("shop.py"));
        Files.createFile(folder.resolve("test_shop.py"));

        assertThat(Surroundings.of(folder).program()).hasValueSatisfying(program -> {
            assertThat(program.command()).containsExactly("python3", "{artifact}");
            assertThat(program.artifact()).isEqualTo("shop.py");
        });
    }

    @Test
    void a_node_script_is_the_program_with_and_without_a_package_file() throws Exception {
        Files.createFile(folder.resolve("server.mjs"));
        assertThat(Surroundings.of(folder).program()).hasValueSatisfying(program -> {
            assertThat(program.command()).containsExactly("node", "{artifact}");
            assertThat(program.artifact()).isEqualTo("server.mjs");
        });

        Files.createFile(folder.resolve("package.json"));

        assertThat(Surroundings.of(folder).program()).hasValueSatisfying(program -> {
            assertThat(program.command()).containsExactly("node", "{artifact}");
            assertThat(program.artifact()).isEqualTo("server.mjs");
        });
    }

    @Test
    void what_a_binary_is_built_of_tells_whether_it_says_its_version() throws Exception {
        Files.createFile(folder.resolve("go.mod"));
        Path source = Files.writeString(folder.resolve("main.go"), "http.HandleFunc(\"/version\", answer)");
        assertThat(Surroundings.of(folder).saysVersion()).isTrue();

        Files.writeString(source, "http.HandleFunc(\"/greet\", answer)");

        assertThat(Surroundings.of(folder).saysVersion()).isFalse();
    }

    @Test
    void among_several_the_one_with_a_usual_name_is_meant() throws Exception {
        Files.createFile(folder.resolve("server.sh"));
        Files.createFile(folder.resolve("deploy.sh"));

        assertThat(Surroundings.of(folder).program()).hasValueSatisfying(program -> {
            assertThat(program.command()).containsExactly("sh", "{artifact}");
            assertThat(program.artifact()).isEqualTo("server.sh");
        });
    }

    @Test
    void a_native_binary_that_a_build_left_is_the_program_itself() throws Exception {
        Files.createFile(folder.resolve("go.mod"));
        assertThat(Surroundings.of(folder).program()).hasValueSatisfying(program -> {
            assertThat(program.command()).containsExactly("{artifact}");
            assertThat(program.artifact()).as("not built yet").isNull();
        });

        executable("bin/shop", "\u007fELF");
        executable("bin/shop.sh", "#!/bin/sh");
        assertThat(Surroundings.of(folder).program()).hasValueSatisfying(program -> {
            assertThat(program.command()).containsExactly("{artifact}");
            assertThat(program.artifact()).isEqualTo("bin/shop");
        });
    }

    @Test
    void a_script_that_says_what_runs_it_is_the_program_itself_unless_its_ending_says_it() throws Exception {
        executable("serve", "#!/usr/bin/env ruby");
        assertThat(Surroundings.of(folder).program()).hasValueSatisfying(program -> {
            assertThat(program.command()).containsExactly("{artifact}");
            assertThat(program.artifact()).isEqualTo("serve");
        });
        assertThat(Surroundings.Program.of(
                        executable("app.py", "#!/usr/bin/env python3").toString()))
                .hasValueSatisfying(program -> assertThat(program.command()).containsExactly("python3", "{artifact}"));
    }

    @Test
    void each_kind_of_file_has_its_command() {
        assertThat(FileKind.of(Path.of("a/app.jar"))).contains(FileKind.JAR);
        assertThat(FileKind.of(Path.of("app.pyz"))).contains(FileKind.PYTHON);
        assertThat(FileKind.of(Path.of("server.mjs"))).contains(FileKind.NODE);
        assertThat(FileKind.of(Path.of("app.tar.gz"))).contains(FileKind.ARCHIVE);
        assertThat(FileKind.of(Path.of("app.zip"))).contains(FileKind.ARCHIVE);
        assertThat(FileKind.of(Path.of("no-such-file"))).isEmpty();
    }

    private Path executable(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling("").normalize());
        Files.writeString(file, content, StandardCharsets.ISO_8859_1);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    @Test
    void a_maven_project_is_started_from_its_jar_and_plain_jars_beside_it_are_not_meant() throws Exception {
        Files.createFile(folder.resolve("pom.xml"));
        Files.createDirectory(folder.resolve("target"));
        Files.createFile(folder.resolve("target/shop-1.0.jar"));
        Files.createFile(folder.resolve("target/shop-1.0-sources.jar"));

        assertThat(Surroundings.of(folder).program()).hasValueSatisfying(program -> {
            assertThat(program.command()).containsExactly("java", "-jar", "{artifact}");
            assertThat(program.artifact()).isEqualTo("target/shop-1.0.jar");
        });
    }

    @Test
    void a_repository_above_tells_its_address_its_branch_and_who_works_here() throws Exception {
        repository(temporary);

        Surroundings around = Surroundings.of(folder);

        assertThat(around.repository()).hasValue("file:..");
        assertThat(around.from()).isEqualTo("main");
        assertThat(around.to()).isEqualTo("released");
        assertThat(around.author())
                .hasValueSatisfying(author ->
                        assertThat(author.toString()).isEqualTo("technical-lead:Ada Lovelace:ada@example.test"));
    }

    @Test
    void what_is_made_on_another_branch_is_merged_into_main() throws Exception {
        repository(folder).on("production");

        assertThat(Surroundings.of(folder).from()).isEqualTo("production");
        assertThat(Surroundings.of(folder).to()).isEqualTo("main");
        assertThat(Surroundings.of(folder).repository()).hasValue("file:.");
    }

    private static TestRepository repository(Path folder) {
        TestRepository git = TestRepository.in(folder);
        git.git("config", "user.name", "Ada Lovelace");
        git.git("config", "user.email", "ada@example.test");
        git.commitAll("feat: begin");
        return git;
    }
}
