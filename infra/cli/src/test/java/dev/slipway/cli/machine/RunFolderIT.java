package dev.slipway.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of a build, as start-up caches want them. */
class RunFolderIT {
    @TempDir
    Path folder = Path.of("");

    private Path source = Path.of("target");

    @BeforeEach
    void build() throws IOException {
        source = Files.createTempDirectory(source, "stand-ins"); // it links to this module's build beside it
        StandInServices.build(source);
    }

    @AfterEach
    void remove() throws IOException {
        Folders.delete(source);
    }

    @Test
    void class_paths_of_services_with_a_store_begin_alike() throws IOException {
        RunFolder run = RunFolder.prepare(new Home(folder), source);

        for (Program service : List.of(Program.RELEASE, Program.VALIDATION, Program.DEPLOYMENT, Program.NOTIFICATION)) {
            assertThat(run.classPath(service))
                    .isEqualTo(run.classPathShared() + File.pathSeparator + run.classPathApart(service));
            assertThat(run.classPathApart(service)).endsWith(service.artifact() + "-1.0.jar");
        }
        assertThat(run.cache(Program.RELEASE))
                .isEqualTo(run.cache(Program.NOTIFICATION))
                .isNotEqualTo(run.cache(Program.GATEWAY));
    }

    @Test
    void jars_have_one_age_so_that_a_cache_holds_in_every_home() throws IOException {
        RunFolder run = RunFolder.prepare(new Home(folder), source);

        List<FileTime> ages = new ArrayList<>();
        try (Stream<Path> jars = Files.list(run.root().resolve("lib"))) {
            for (Path jar : jars.toList()) {
                ages.add(Files.getLastModifiedTime(jar));
            }
        }
        assertThat(Set.copyOf(ages)).hasSize(1);
    }

    @Test
    void caches_of_this_build_are_taken_over_whenever_they_are_made_and_no_others() throws IOException {
        String hash = RunFolder.prepare(new Home(folder), source).hash();
        for (String build : List.of(hash, "another")) {
            Path made = Files.createDirectories(RunFolder.builtCaches(source).resolve(build));
            Files.writeString(made.resolve(build + ".aot"), "a cache");
        }

        RunFolder run = RunFolder.prepare(new Home(folder), source);

        try (Stream<Path> caches = Files.list(run.caches())) {
            assertThat(caches.map(cache -> String.valueOf(cache.getFileName())).collect(Collectors.toSet()))
                    .containsExactly(hash + ".aot");
        }
    }
}
