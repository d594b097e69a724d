package dev.slipway.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoException;
import com.mongodb.MongoTimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.kafka.KafkaException;
import tools.jackson.core.exc.StreamReadException;

final class TransienceTest {
    static Stream<Throwable> passing() {
        return Stream.of(
                new TryAgain("later"),
                new DataAccessResourceFailureException("away"),
                new QueryTimeoutException("slow"),
                new MongoTimeoutException("no server"),
                new NotEnoughReplicasException("one of three"),
                new KafkaException("send failed", new TimeoutException("no metadata")),
                new IllegalStateException("wrapped", new IllegalArgumentException(new TryAgain("deep"))));
    }

    static Stream<Throwable> staying() {
        return Stream.of(
                new RefusedByBound("full"),
                new DuplicateKeyException("taken"),
                new MongoException(11000, "taken"),
                new RecordTooLargeException("9 MB"),
                new StreamReadException("not JSON"),
                new IllegalArgumentException("no such phase"),
                new NullPointerException());
    }

    @ParameterizedTest
    @MethodSource("passing")
    void trouble_of_the_surroundings_passes(Throwable trouble) {
        assertThat(Transience.passes(trouble)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("staying")
    void what_is_wrong_with_the_message_itself_stays(Throwable trouble) {
        assertThat(Transience.passes(trouble)).isFalse();
    }
}
