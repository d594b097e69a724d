package dev.slipway.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PatienceTest {
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void what_does_not_answer_is_asked_again() {
        String answer = Patience.with(() -> {
            if (asked.incrementAndGet() < 3) {
                throw new CommandFailed(ExitCode.UNREACHABLE, "starting");
            }
            return "there";
        });

        assertThat(answer).isEqualTo("there");
        assertThat(asked).hasValue(3);
    }

    @Test
    void a_refusal_is_final() {
        assertThatThrownBy(() -> Patience.during(() -> {
                    asked.incrementAndGet();
                    throw new CommandFailed(ExitCode.USAGE, "no such release");
                }))
                .hasMessage("no such release");
        assertThat(asked).hasValue(1);
    }
}
