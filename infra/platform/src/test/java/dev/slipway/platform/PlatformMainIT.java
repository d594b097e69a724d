package dev.slipway.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformMainIT {
    private static final Duration STOPPED_WITHIN = Pace.patience(Duration.ofSeconds(10));
    private static final Duration REFUSED_WITHIN = Pace.patience(Duration.ofSeconds(30));
    private static final int ENDED_BY_SIGTERM = 143;

    @TempDir
    Path directory;

    @Test
    void it_says_where_it_listens_and_ends_cleanly_when_it_is_asked_to() throws Exception {
        Path home = directory.resolve("home");
        try (PlatformProcess platform =
                PlatformProcess.start(home, "--topic", "slipway.ci.events:3", "--topic", "slipway.traffic:1:compact")) {
            PlatformAddresses addresses = platform.awaitReady();

            assertThat(Files.readString(home.resolve("platform.json")).strip()).isEqualTo(addresses.toJson());
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", addresses.kafka()))) {
                assertThat(admin.listTopics().names().get()).contains("slipway.ci.events", "slipway.traffic");
            }

            platform.terminate();
            assertThat(platform.awaitEnd(STOPPED_WITHIN)).isEqualTo(ENDED_BY_SIGTERM);
            assertThat(home.resolve("platform.json")).doesNotExist();
            assertThat(home.resolve("kafka/log/.kafka_cleanshutdown")).exists();
            assertThat(platform.output().lines()).hasSize(1);
            assertThat(platform.errors()).isEmpty();
        }
    }

    @Test
    void a_port_in_use_is_one_line_that_names_the_option() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, Ports.ADDRESS);
                PlatformProcess platform = PlatformProcess.start(
                        directory.resolve("home"), "--mongo-port", Integer.toString(taken.getLocalPort()))) {

            assertThat(platform.awaitEnd(REFUSED_WITHIN)).isEqualTo(1);
            assertThat(platform.errors().lines())
                    .singleElement()
                    .asString()
                    .contains("port " + taken.getLocalPort(), "is in use", "--mongo-port");
            assertThat(platform.output()).isEmpty();
        }
    }

    @Test
    void a_home_in_use_is_one_line_that_names_the_remedy() throws Exception {
        Path home = directory.resolve("home");
        try (PlatformProcess first = PlatformProcess.start(home)) {
            first.awaitReady();
            try (PlatformProcess second = PlatformProcess.start(home)) {
                assertThat(second.awaitEnd(REFUSED_WITHIN)).isEqualTo(1);
                assertThat(second.errors().lines())
                        .singleElement()
                        .asString()
                        .contains(home.toString(), "another platform process", "--home");
            }
        }
    }

    @Test
    void a_home_that_cannot_be_written_is_one_line_that_names_the_remedy() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        try (PlatformProcess platform = PlatformProcess.start(file)) {
            assertThat(platform.awaitEnd(REFUSED_WITHIN)).isEqualTo(1);
            assertThat(platform.errors().lines())
                    .singleElement()
                    .asString()
                    .contains("cannot write to " + file, "make sure that it is writable");
        }
    }

    @Test
    void a_wrong_command_line_is_one_line_of_usage() throws Exception {
        try (PlatformProcess platform = PlatformProcess.run(directory, List.of("--home", "x", "--colour", "blue"))) {
            assertThat(platform.awaitEnd(REFUSED_WITHIN)).isEqualTo(2);
            assertThat(platform.errors().lines())
                    .singleElement()
                    .asString()
                    .contains("unknown option --colour", "usage:");
        }
    }
}
