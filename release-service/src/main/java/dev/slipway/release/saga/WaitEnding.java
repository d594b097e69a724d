package dev.slipway.release.saga;

import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.WaitsOn;
import dev.slipway.contracts.release.DutyView.Result;
import dev.slipway.contracts.release.DutyView.Via;
import dev.slipway.messaging.Refusal;
import dev.slipway.release.saga.ReleaseInput.AnswerDuty;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who may say what of a wait on others: a program by a callback, where the policy lets it, and people. */
final class WaitEnding {
    private WaitEnding() {}

    /** Whether a program says it, of whom it is not asked whether they have the role. */
    static boolean isCallback(AnswerDuty said) {
        return said.via() == Via.CALLBACK;
    }

    /** What stands against it by what ends the wait; empty for what people say of all other duties. */
    static Optional<Refusal> refusal(Dossier d, Duty duty, AnswerDuty said) {
        WaitsOn on = duty.waits();
        if (isCallback(said)) {
            return callback(duty, on, said);
        }
        if (on == null || on.person() || said.result() != Result.PASSED) {
            return Optional.empty();
        }
        return Optional.of(new Refusal(
                "not-by-people",
                "%s waits on %s and ends by %s; people say that it failed, or that it does not apply. Go without it: %s"
                        .formatted(
                                duty.id(),
                                on.on(),
                                String.join(" or ", on.ends()),
                                Waivers.command(d, DutyWaivers.name(duty)))));
    }

    private static Optional<Refusal> callback(Duty duty, @Nullable WaitsOn on, AnswerDuty said) {
        WaitsOn.Callback callback = on == null ? null : on.callback();
        if (callback == null) {
            return Optional.of(new Refusal(
                    "no-callback",
                    "%s is ended by %s, not by a callback; its policy may say ends: {callback: {}}"
                            .formatted(
                                    duty.id(),
                                    on == null
                                            ? "the answer of a person: slipway release duty"
                                            : String.join(" or ", on.ends()))));
        }
        return callback.takes(said.email())
                ? Optional.empty()
                : Optional.of(new Refusal(
                        "not-yours",
                        "%s is ended by a callback of %s, and this token is named by %s."
                                .formatted(duty.id(), callback.by(), said.email())));
    }
}
