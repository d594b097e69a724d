package dev.slipway.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoConnectionPoolClearedException;
import com.mongodb.MongoCredential;
import com.mongodb.MongoCursorNotFoundException;
import com.mongodb.MongoException;
import com.mongodb.MongoInternalException;
import com.mongodb.MongoInterruptedException;
import com.mongodb.MongoNodeIsRecoveringException;
import com.mongodb.MongoNotPrimaryException;
import com.mongodb.MongoSecurityException;
import com.mongodb.MongoSocketClosedException;
import com.mongodb.MongoTimeoutException;
import com.mongodb.MongoWriteConcernException;
import com.mongodb.MongoWriteException;
import com.mongodb.ServerAddress;
import com.mongodb.WriteConcernResult;
import com.mongodb.WriteError;
import com.mongodb.bulk.WriteConcernError;
import com.mongodb.connection.ClusterId;
import com.mongodb.connection.ServerId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.KafkaStorageException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.OutOfOrderSequenceException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.bson.BsonDocument;
import org.bson.BsonMaximumSizeExceededException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.data.mongodb.core.MongoExceptionTranslator;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.listener.ListenerExecutionFailedException;
import tools.jackson.core.exc.StreamReadException;

final class TransienceTest {
    private static final ServerAddress HOST = new ServerAddress();

    static Stream<Throwable> ofTheSurroundings() {
        return Stream.of(
                new TryAgain("later"),
                new DataAccessResourceFailureException("away"),
                new QueryTimeoutException("slow"),
                new DuplicateKeyException("two were archiving it"),
                new InterruptedException("stopping"),
                new IllegalStateException("wrapped", new IllegalArgumentException(new TryAgain("deep"))),
                new UncheckedIOException(new IOException("what nobody has thought of")));
    }

    /** The driver's own, as they are thrown: a cleared pool, a refused password, no primary, a full disk, too few acks. */
    static Stream<MongoException> ofTheStore() {
        ServerId server = new ServerId(new ClusterId(), HOST);
        return Stream.of(
                new MongoConnectionPoolClearedException(server, new MongoSocketClosedException("reset", HOST)),
                new MongoSecurityException(
                        MongoCredential.createCredential("slipway", "admin", "wrong".toCharArray()),
                        "Exception authenticating"),
                new MongoNotPrimaryException(new BsonDocument(), HOST),
                new MongoNodeIsRecoveringException(new BsonDocument(), HOST),
                new MongoCommandException(answer(189, "PrimarySteppedDown"), HOST),
                new MongoCommandException(answer(133, "FailedToSatisfyReadPreference"), HOST), // behind a router
                new MongoCommandException(answer(14031, "OutOfDiskSpace"), HOST),
                new MongoCommandException(answer(18, "AuthenticationFailed"), HOST),
                new MongoCommandException(answer(13, "Unauthorized"), HOST),
                new MongoWriteConcernException(
                        new WriteConcernError(
                                64, "WriteConcernFailed", "waiting for replication timed out", new BsonDocument()),
                        WriteConcernResult.acknowledged(1, true, null),
                        HOST,
                        Set.of()),
                new MongoWriteException(new WriteError(91, "shutting down", new BsonDocument()), HOST, Set.of()),
                new MongoCursorNotFoundException(7, new BsonDocument(), HOST),
                new MongoTimeoutException("no server"),
                new MongoInterruptedException("stop", new InterruptedException()),
                new MongoInternalException("what nobody has thought of"),
                new MongoException(11000, "taken"));
    }

    static Stream<Throwable> ofTheBroker() {
        return Stream.of(
                new NotEnoughReplicasException("one of three"),
                new KafkaStorageException("disk full"),
                new SaslAuthenticationException("refused password"),
                new TopicAuthorizationException("not allowed"),
                new AuthorizationException("not allowed"),
                new ProducerFencedException("another"),
                new OutOfOrderSequenceException("restarted"),
                new CommitFailedException("the group has rebalanced"),
                new RebalanceInProgressException("rebalancing"),
                new KafkaException("send failed", new TimeoutException("no metadata")));
    }

    static Stream<Throwable> ofTheMessage() {
        return Stream.of(
                new RefusedByBound("full"),
                new RecordTooLargeException("9 MB"),
                new StreamReadException("not JSON"),
                new IllegalArgumentException("no such phase"),
                new IllegalStateException("no route"),
                new IllegalStateException("can never take it", new RecordTooLargeException("9 MB")),
                new NumberFormatException("version x"),
                new NullPointerException(),
                new ListenerExecutionFailedException("listener", new IllegalArgumentException("no such phase")),
                new BatchListenerFailedException("listener", new StreamReadException("not JSON"), 3));
    }

    @ParameterizedTest
    @MethodSource({"ofTheSurroundings", "ofTheStore", "ofTheBroker"})
    void trouble_of_the_surroundings_passes(Throwable trouble) {
        assertThat(Transience.passes(trouble)).isTrue();
        assertThat(Transience.passes(new ListenerExecutionFailedException("listener", trouble)))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("ofTheStore")
    void what_the_driver_throws_passes_as_spring_translates_it_too(MongoException thrown) {
        DataAccessException translated = new MongoExceptionTranslator().translateExceptionIfPossible(thrown);

        assertThat(Transience.passes(translated == null ? thrown : translated)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("ofTheMessage")
    void what_is_wrong_with_the_message_itself_stays(Throwable trouble) {
        assertThat(Transience.passes(trouble)).isFalse();
    }

    static Stream<RuntimeException> tooLarge() {
        return Stream.of(
                new BsonMaximumSizeExceededException("16 MB"),
                new DataIntegrityViolationException(
                        "17 MB", new MongoCommandException(answer(10334, "BSONObjectTooLarge"), HOST)),
                new MongoWriteException(new WriteError(17419, "too large", new BsonDocument()), HOST, Set.of()));
    }

    @ParameterizedTest
    @MethodSource("tooLarge")
    void a_document_past_the_stores_own_size_is_a_bound_of_one_aggregate(RuntimeException trouble) {
        assertThat(StoreTrouble.isTooLarge(trouble)).isTrue();
        assertThat(Transience.passes(new RefusedByBound("full", trouble))).isFalse();
    }

    private static BsonDocument answer(int code, String name) {
        return BsonDocument.parse("{ok: 0, code: %d, codeName: '%s', errmsg: 'not now'}".formatted(code, name));
    }
}
