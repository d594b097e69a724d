package dev.slipway.messaging;

import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSocketException;
import com.mongodb.MongoTimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.RetriableException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;

/** Tells trouble that passes (store or broker away) from what would fail again. */
final class Transience {
    private static final int CAUSES_MAX = 20;

    private Transience() {}

    static boolean passes(Throwable trouble) {
        return Stream.iterate(trouble, each -> each != null, Throwable::getCause)
                .limit(CAUSES_MAX)
                .anyMatch(Transience::passesItself);
    }

    private static boolean passesItself(Throwable trouble) {
        return switch (trouble) {
            case TryAgain _ -> true;
            case TransientDataAccessException _ -> true;
            case RecoverableDataAccessException _ -> true;
            case DataAccessResourceFailureException _ -> true;
            case MongoSocketException _ -> true;
            case MongoTimeoutException _ -> true;
            case MongoInterruptedException _ -> true;
            case MongoNotPrimaryException _ -> true;
            case MongoNodeIsRecoveringException _ -> true;
            case MongoException mongo -> mongo.hasErrorLabel("RetryableWriteError");
            case RetriableException _ -> true;
            case InterruptedException _ -> true;
            default -> false;
        };
    }
}
