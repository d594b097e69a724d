package dev.slipway.release.application;

import dev.slipway.contracts.ReleaseId;
import dev.slipway.messaging.Core;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import dev.slipway.messaging.Message;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one event or request led to, as a finished document under its key, for good. An application remembers only the
 * latest keys; without this an event that comes again after many others would lead to something a second time.
 *
 * @param release null only before it was given; never stored so
 */
public record Answer(@Nullable ReleaseId release) {
    /** Application to answer: this is what it led to. */
    public record Given(ReleaseId release) {}

    /** Under which id it is kept. */
    public static String id(String application, String key) {
        return application + "/" + Content.brief(key);
    }

    /** Has it kept. */
    static Effect giving(String application, String key, ReleaseId release) {
        return Effect.send(Message.local(id(application, key), LocalTypes.ANSWER, new Given(release), release.value()));
    }

    /**
     * <pre>
     * not given   Given   kept, and that is its end
     * given       Given   nothing: the first answer stays
     * </pre>
     */
    public static final class Once implements Core<Answer, Given> {
        @Override
        public Answer initial(String id) {
            return new Answer(null);
        }

        @Override
        public Decision<Answer> decide(Answer state, Given given, Instant now) {
            return state.release() == null ? Decision.move(new Answer(given.release())) : Decision.stay(state);
        }

        @Override
        public boolean finished(Answer state) {
            return state.release() != null;
        }
    }
}
