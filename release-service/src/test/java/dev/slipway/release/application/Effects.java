package dev.slipway.release.application;

import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Effect;
import java.util.List;

/** What tests of the application look at. */
final class Effects {
    private Effects() {}

    /** Without what is kept of the answer, which goes with whatever a key led to. */
    static List<Effect> besidesTheAnswer(Decision<Application> decision) {
        return decision.effects().stream().filter(effect -> !isAnswer(effect)).toList();
    }

    static boolean isAnswer(Effect effect) {
        return effect instanceof Effect.Send(var message) && message.type().equals(LocalTypes.ANSWER);
    }
}
