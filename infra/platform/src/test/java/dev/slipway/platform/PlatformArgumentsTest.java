package dev.slipway.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlatformArgumentsTest {
    private static final List<String> COMPLETE = List.of(
            "--home",
            "/data",
            "--kafka-port",
            "9092",
            "--controller-port",
            "9093",
            "--mongo-port",
            "27017",
            "--smtp-port",
            "2525",
            "--slack-port",
            "0");

    @Test
    void a_complete_command_line_becomes_settings() {
        PlatformSettings settings = PlatformArguments.parse(with("--topic", "a:3", "--topic", "b:1:compact"));

        assertThat(settings)
                .isEqualTo(new PlatformSettings(
                        Path.of("/data"),
                        9092,
                        9093,
                        27017,
                        2525,
                        0,
                        List.of(new TopicSpec("a", 3, false), new TopicSpec("b", 1, true)),
                        Listening.LOOPBACK));
    }

    @Test
    void only_a_platform_that_is_told_so_listens_beyond_the_machine() {
        assertThat(PlatformArguments.parse(COMPLETE).listening()).isEqualTo(new Listening("127.0.0.1", "127.0.0.1"));
        assertThat(PlatformArguments.parse(with("--bind", "0.0.0.0", "--advertise", "platform"))
                        .listening())
                .isEqualTo(new Listening("0.0.0.0", "platform"));
        assertThatThrownBy(() -> PlatformArguments.parse(with("--bind", "")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("must not be empty");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --home        | /other | --home is given twice
            --colour      | blue   | unknown option --colour
            --topic       | a      | topic 'a' must be
            --topic       | a:99   | allowed are 1 to 64
            """)
    void what_is_wrong_is_named(String option, String value, String said) {
        assertThatThrownBy(() -> PlatformArguments.parse(with(option, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(said);
    }

    @Test
    void what_is_missing_is_named() {
        assertThatThrownBy(() -> PlatformArguments.parse(COMPLETE.subList(2, COMPLETE.size())))
                .hasMessageContaining("--home is missing");
        assertThatThrownBy(() -> PlatformArguments.parse(COMPLETE.subList(0, COMPLETE.size() - 2)))
                .hasMessageContaining("--slack-port is missing");
        assertThatThrownBy(() -> PlatformArguments.parse(COMPLETE.subList(0, COMPLETE.size() - 1)))
                .hasMessageContaining("--slack-port needs a value");
    }

    @Test
    void a_port_is_a_number_in_range() {
        assertThatThrownBy(() -> PlatformArguments.parse(replaced("2525", "mail")))
                .hasMessageContaining("--smtp-port must be a number");
        assertThatThrownBy(() -> PlatformArguments.parse(replaced("2525", "70000")))
                .hasMessageContaining("SMTP port 70000 must be 0 to 65535");
    }

    private static List<String> with(String... more) {
        List<String> arguments = new ArrayList<>(COMPLETE);
        arguments.addAll(List.of(more));
        return arguments;
    }

    private static List<String> replaced(String old, String value) {
        return COMPLETE.stream()
                .map(argument -> argument.equals(old) ? value : argument)
                .toList();
    }
}
