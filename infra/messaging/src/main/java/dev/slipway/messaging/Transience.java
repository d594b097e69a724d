package dev.slipway.messaging;

import java.time.DateTimeException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import tools.jackson.core.JacksonException;

/**
 * Tells trouble that passes from what would fail again by itself. Whatever comes from the store or the broker passes (a
 * cleared pool, a refused password, no primary, a full disk, an unsatisfied write concern), and so does what nobody has
 * thought of: a record that waits is seen and goes on, one that was put aside is not. Only what is known to be wrong with
 * the message or with one aggregate stays: bytes that cannot be read, a bound, and what our own code refuses by throwing
 * one of Java's own exceptions.
 */
final class Transience {
    private static final int CAUSES_MAX = 20;

    /** Thrown by reading, by records that validate, by cores. A driver's are wrapped where the driver is called. */
    private static final List<Class<? extends RuntimeException>> OURS = List.of(
            JacksonException.class,
            IllegalArgumentException.class,
            IllegalStateException.class,
            NullPointerException.class,
            ClassCastException.class,
            IndexOutOfBoundsException.class,
            NoSuchElementException.class,
            ArithmeticException.class,
            DateTimeException.class,
            UnsupportedOperationException.class);

    private Transience() {}

    static boolean passes(Throwable trouble) {
        List<Throwable> causes = causes(trouble);
        if (causes.stream().anyMatch(Transience::isOfTheRecord)) {
            return false;
        }
        return causes.stream().anyMatch(Transience::isOfTheSurroundings)
                || causes.stream().noneMatch(each -> OURS.stream().anyMatch(ours -> ours.isInstance(each)));
    }

    private static List<Throwable> causes(Throwable trouble) {
        return Stream.iterate(trouble, Objects::nonNull, Throwable::getCause)
                .limit(CAUSES_MAX)
                .toList();
    }

    /** The aggregate is full, or the broker can never take it as it is. */
    static boolean isOfTheRecord(Throwable trouble) {
        return switch (trouble) {
            case RefusedByBound _,
                    RecordTooLargeException _,
                    InvalidTopicException _,
                    InvalidRecordException _,
                    SerializationException _ -> true;
            default -> false;
        };
    }

    private static boolean isOfTheSurroundings(Throwable trouble) {
        return switch (trouble) {
            case TryAgain _,
                    InterruptedException _,
                    org.springframework.dao.DataAccessException _,
                    com.mongodb.MongoException _,
                    org.apache.kafka.common.KafkaException _ -> true;
            default -> false;
        };
    }
}
