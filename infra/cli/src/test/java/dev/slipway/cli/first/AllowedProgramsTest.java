package dev.slipway.cli.first;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.shell.CommandFailed;
import dev.slipway.contracts.ApplicationName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllowedProgramsTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void a_program_stays_on_the_list_until_it_is_taken_off_and_java_is_there_from_the_start() throws Exception {
        AllowedPrograms allowed = new AllowedPrograms(folder.resolve("home/allowed-programs.properties"));
        Path program = program("bin", "tool", "ELF");

        allowed.allow("tool", program);

        assertThat(allowed.list()).containsOnlyKeys("java", "tool").containsEntry("tool", program);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.resolve("home/allowed-programs.properties"))))
                .isEqualTo("rw-------");
        allowed.remove("tool");
        assertThat(allowed.list()).containsOnlyKeys("java");
        assertThatThrownBy(() -> allowed.remove("tool"))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("there are java");
    }

    @Test
    void applications_whose_artifacts_may_run_stand_beside_the_programs_and_neither_loses_the_other() {
        AllowedPrograms allowed = new AllowedPrograms(folder.resolve("home/allowed-programs.properties"));
        allowed.allowArtifacts(new ApplicationName("shop"));
        allowed.allow("tool", folder.resolve("tool"));

        assertThat(allowed.artifacts()).containsExactly("shop");
        assertThat(allowed.list()).containsOnlyKeys("java", "tool");
        allowed.remove("tool");
        assertThat(allowed.artifacts()).containsExactly("shop");
        allowed.removeArtifacts("shop");
        assertThat(allowed.artifacts()).isEmpty();
        assertThat(allowed.list()).containsOnlyKeys("java");
    }

    @Test
    void users_of_programs_stand_beside_the_rest_and_what_else_changes_keeps_them() throws Exception {
        Path file = folder.resolve("home/allowed-programs.properties");
        AllowedPrograms allowed = new AllowedPrograms(file);
        allowed.allowArtifacts(new ApplicationName("shop"));
        allowed.runAs("shop", "svc-shop");
        allowed.runAs(AllowedPrograms.EVERY_OTHER, "svc");
        allowed.allow("tool", folder.resolve("tool"));

        assertThat(allowed.users()).containsOnly(Map.entry("*", "svc"), Map.entry("shop", "svc-shop"));
        assertThat(allowed.artifacts()).containsExactly("shop");
        assertThat(Files.readAllLines(file))
                .as("as deployment-service reads it")
                .contains("@shop/user=svc-shop", "@*/user=svc", "@shop=artifacts");
        assertThat(allowed.runAsOurselves("shop")).isTrue();
        assertThat(allowed.runAsOurselves("shop")).isFalse();
        assertThat(allowed.users()).containsOnlyKeys("*");
    }

    @Test
    void a_name_is_looked_for_on_the_path_and_stand_ins_that_are_scripts_come_last() throws Exception {
        Path shim = program("shims", "python3", "#!/usr/bin/env bash");
        Path real = program("bin", "python3", "ELF");
        Path only = program("shims", "node", "#!/bin/sh");
        String path = shim.getParent() + ":" + real.getParent() + ":";

        assertThat(AllowedPrograms.resolve("python3", path)).isEqualTo(real);
        assertThat(AllowedPrograms.resolve("node", path)).isEqualTo(only);
        assertThat(AllowedPrograms.isScript(only)).isTrue();
        assertThatThrownBy(() -> AllowedPrograms.resolve("ruby", path)).hasMessageContaining("no program 'ruby'");
    }

    @Test
    void folders_are_followed_and_the_own_name_of_a_link_is_kept() throws Exception {
        Path real = program("usr/bin", "python3.11", "ELF");
        Path link = Files.createSymbolicLink(folder.resolve("usr/bin/python3"), real);
        Path linked = Files.createSymbolicLink(folder.resolve("bin"), folder.resolve("usr/bin"));

        assertThat(AllowedPrograms.resolve(linked.resolve("python3").toString(), ""))
                .isEqualTo(link.toRealPath().resolveSibling("python3"));
    }

    @Test
    void what_cannot_be_executed_is_refused_with_a_remedy() throws Exception {
        Path file = Files.writeString(folder.resolve("app.py"), "print()");

        assertThatThrownBy(() -> AllowedPrograms.resolve(file.toString(), "")).hasMessageContaining("chmod +x");
        assertThatThrownBy(() -> AllowedPrograms.resolve(folder + "/none", "")).hasMessageContaining("no program at");
        assertThatThrownBy(() -> new AllowedPrograms(folder.resolve("list")).allow("a b", file))
                .hasMessageContaining("--as NAME");
    }

    private Path program(String in, String name, String content) throws IOException {
        Path file = Files.createDirectories(folder.toRealPath().resolve(in)).resolve(name);
        Files.writeString(file, content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
