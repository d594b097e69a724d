package dev.slipway.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.shell.CommandFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTableTest {
    private static final Instant STARTED =
            ProcessHandle.current().info().startInstant().orElseThrow();
    private static final long PID = ProcessHandle.current().pid();

    @TempDir
    Path folder = Path.of("");

    @Test
    void what_is_saved_is_read_again() {
        Home home = new Home(folder);
        ProcessTable table = ProcessTable.empty().with(new ProcessRecord("gateway", PID, STARTED, 8080, "abc", "1a2b"));

        table.save(home, home.processes());

        assertThat(ProcessTable.load(home)).isEqualTo(table);
        assertThat(ProcessTable.load(home).alive("gateway")).isPresent();
    }

    @Test
    void a_process_is_the_recorded_one_only_if_it_started_then() {
        assertThat(new ProcessRecord("gateway", PID, STARTED, 0, "", "").alive())
                .isTrue();
        assertThat(new ProcessRecord("gateway", PID, STARTED.minusSeconds(60), 0, "", "").alive())
                .isFalse();
    }

    @Test
    void a_new_record_takes_the_place_of_the_one_with_its_name() {
        ProcessTable table = ProcessTable.empty()
                .with(new ProcessRecord("load", 1, STARTED, 0, "", ""))
                .with(new ProcessRecord("load", 2, STARTED, 0, "", ""));

        assertThat(table.processes()).extracting(ProcessRecord::pid).containsExactly(2L);
        assertThat(table.without("load").processes()).isEmpty();
    }

    @Test
    void the_instances_of_a_program_that_run_are_known_the_first_first() {
        ProcessTable table = ProcessTable.empty()
                .with(new ProcessRecord("gateway-2", PID, STARTED, 2, "", ""))
                .with(new ProcessRecord("gateway", PID, STARTED, 1, "", ""))
                .with(new ProcessRecord("gateway-3", PID, STARTED.minusSeconds(60), 3, "", ""));

        assertThat(table.alive(Program.GATEWAY)).extracting(ProcessRecord::port).containsExactly(1, 2);
    }

    @Test
    void an_unreadable_table_is_no_reason_to_start_everything_twice() throws IOException {
        Home home = new Home(folder);
        Files.writeString(home.processes(), "{\"processes\":[{");

        assertThatThrownBy(() -> ProcessTable.load(home))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("end what it names, remove it");
    }

    @Test
    void the_applications_of_deployment_service_are_known_by_its_records() throws IOException {
        Path record = Files.createDirectories(folder.resolve("targets/processes/hello-1a2b"))
                .resolve("process.json");
        Files.writeString(record, """
                {"key":"hello@1.0.0/production/1","state":"RUNNING","fence":3,"port":4242,"pid":%d,"startedAt":"%s",
                 "at":"2026-03-01T10:00:00Z"}""".formatted(PID, STARTED));
        Path never = Files.createDirectories(folder.resolve("targets/processes/other"))
                .resolve("process.json");
        Files.writeString(never, """
                {"key":"other","state":"STARTING","fence":1,"port":1,"pid":0,"startedAt":null,"at":"2026-03-01T10:00:00Z"}""");

        assertThat(TargetRecords.alive(new Home(folder)))
                .containsExactly(new ProcessRecord("hello@1.0.0/production/1", PID, STARTED, 4242, "", ""));
    }
}
