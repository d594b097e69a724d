package dev.slipway.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.platform.Pace;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnitFileTest {
    private static final Path VERIFIER = Path.of("/usr/bin/systemd-analyze");

    @TempDir
    Path folder;

    @Test
    void a_users_unit_brings_slipway_up_and_down_with_the_machine() {
        UnitFile unit = new UnitFile(
                null,
                Path.of("/opt/slipway/slipway"),
                Path.of("/home/ada/.slipway"),
                Path.of("/opt/jdk-25"),
                "/usr/bin:/bin",
                8080,
                8000);

        assertThat(unit.text()).isEqualTo("""
                # Written by slipway install.
                [Unit]
                Description=Slipway

                [Service]
                Type=oneshot
                RemainAfterExit=yes
                Environment="SLIPWAY_HOME=/home/ada/.slipway"
                Environment="SLIPWAY_BUILD=never"
                Environment="JAVA_HOME=/opt/jdk-25"
                Environment="PATH=/usr/bin:/bin"
                ExecStart=/bin/sh "/opt/slipway/slipway" up --port 8080 --front-port 8000
                # 1: Slipway is up and an application does not answer; it is tried on
                SuccessExitStatus=1
                ExecReload=/bin/sh "/opt/slipway/slipway" restart
                ExecStop=/bin/sh "/opt/slipway/slipway" down --yes
                TimeoutStartSec=15min
                TimeoutStopSec=12min
                Delegate=yes

                [Install]
                WantedBy=default.target
                """);
    }

    @Test
    void one_for_the_machine_names_its_user_and_waits_for_the_network() {
        UnitFile unit = new UnitFile("ada", Path.of("/s"), Path.of("/h"), Path.of("/j"), "/bin", null, null);

        assertThat(unit.text().lines())
                .contains(
                        "User=ada",
                        "After=network-online.target",
                        "WantedBy=multi-user.target",
                        "ExecStart=/bin/sh \"/s\" up");
    }

    @Test
    void only_a_unit_of_the_same_home_is_replaced() {
        UnitFile unit = new UnitFile(null, Path.of("/s"), Path.of("/h"), Path.of("/j"), "/bin", null, null);
        UnitFile moved = new UnitFile(null, Path.of("/s2"), Path.of("/h"), Path.of("/j2"), "/bin", 1, 2);
        UnitFile other = new UnitFile(null, Path.of("/s"), Path.of("/h2"), Path.of("/j"), "/bin", null, null);

        assertThat(moved.replaces(unit.text())).isTrue();
        assertThat(other.replaces(unit.text())).isFalse();
    }

    @Test
    void a_users_units_are_where_systemd_looks_for_them() {
        assertThat(UnitFile.ofUser(Path.of("/home/ada"), null))
                .isEqualTo(Path.of("/home/ada/.config/systemd/user/slipway.service"));
        assertThat(UnitFile.ofUser(Path.of("/home/ada"), "/etc/ada"))
                .isEqualTo(Path.of("/etc/ada/systemd/user/slipway.service"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"slipway", "a folder/50% of \"it\"/slipway"})
    void systemd_itself_finds_nothing_wrong_with_it(String script) throws Exception {
        assumeTrue(Files.isExecutable(VERIFIER), "skipped: this machine has no systemd-analyze");
        Path executable = folder.resolve(script);
        Files.createDirectories(Objects.requireNonNull(executable.getParent()));
        Files.writeString(executable, "#!/bin/sh\n");
        assertThat(executable.toFile().setExecutable(true)).isTrue();
        UnitFile unit = new UnitFile(
                System.getProperty("user.name"), executable, folder, Path.of("/opt/jdk"), "/usr/bin:/bin", 8080, 8000);
        Path file = Files.writeString(folder.resolve(UnitFile.NAME), unit.text());

        Process verifying = new ProcessBuilder(List.of(VERIFIER.toString(), "verify", "--man=no", file.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .redirectInput(new File("/dev/null"))
                .start();

        assertThat(verifying.waitFor(Pace.seconds(30), TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readAllLines(folder.resolve("said")))
                .as("what it says of this unit")
                .noneMatch(line -> line.contains(UnitFile.NAME));
    }
}
