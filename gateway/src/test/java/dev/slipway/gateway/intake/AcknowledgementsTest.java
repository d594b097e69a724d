package dev.slipway.gateway.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class AcknowledgementsTest {
    private static final long OVERDUE_AT = 1_000;

    @Test
    void the_wait_ends_with_the_last_acknowledgement() throws InterruptedException {
        Acknowledgements three = new Acknowledgements(3, OVERDUE_AT);
        Thread broker = Thread.ofVirtual().start(() -> {
            for (int record = 0; record < 3; record++) {
                three.onCompletion(null, null);
            }
        });

        assertThat(three.await()).isNull();
        broker.join();
        assertThat(three.failed()).isFalse();
    }

    @Test
    void the_first_trouble_ends_it_and_is_the_one_that_is_told() throws InterruptedException {
        Acknowledgements three = new Acknowledgements(3, OVERDUE_AT);
        Exception first = new IllegalStateException("first");
        three.onCompletion(null, null);

        three.onCompletion(null, first);
        three.onCompletion(null, new IllegalStateException("second"));

        assertThat(three.failed()).isTrue();
        assertThat(three.await()).isSameAs(first);
    }

    @Test
    void acknowledgements_that_come_after_trouble_do_not_make_it_good() throws InterruptedException {
        Acknowledgements two = new Acknowledgements(2, OVERDUE_AT);
        Exception late = new TimeoutException("late");
        two.fail(late);

        two.onCompletion(null, null);
        two.onCompletion(null, null);

        assertThat(two.await()).isSameAs(late);
    }

    @Test
    void nothing_to_wait_for_is_no_wait() throws InterruptedException {
        assertThat(new Acknowledgements(0, OVERDUE_AT).await()).isNull();
    }

    @Test
    void it_is_overdue_from_its_time_on() {
        Acknowledgements one = new Acknowledgements(1, OVERDUE_AT);

        assertThat(one.overdue(OVERDUE_AT - 1)).isFalse();
        assertThat(one.overdue(OVERDUE_AT)).isTrue();
    }
}
