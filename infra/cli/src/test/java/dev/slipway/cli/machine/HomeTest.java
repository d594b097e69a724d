package dev.slipway.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void others_pass_through_a_home_to_programs_and_to_nothing_else() throws Exception {
        Home home = new Home(folder.resolve("home"));
        home.prepare();
        assertThat(permissions(home.root())).isEqualTo("rwx------");
        Files.createDirectory(
                home.root().resolve("older"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.writeString(home.root().resolve("command.lock"), "");

        home.letOthersPass();

        assertThat(permissions(home.root())).isEqualTo("rwx--x--x");
        for (Path closed : new Path[] {
            home.data(),
            home.logs(),
            home.runs(),
            home.secrets(),
            home.git(),
            home.demo(),
            home.root().resolve("older"),
            home.root().resolve("command.lock")
        }) {
            assertThat(permissions(closed)).as(closed.toString()).endsWith("------");
        }
        home.prepare();
        assertThat(permissions(home.root())).as("a later start leaves it so").isEqualTo("rwx--x--x");
    }

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
