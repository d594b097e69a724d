package dev.slipway.release.wiring;

import dev.slipway.messaging.Aggregates;
import dev.slipway.messaging.Cause;
import dev.slipway.messaging.JournalEntry;
import dev.slipway.messaging.Outcome;
import dev.slipway.release.application.Answer;
import dev.slipway.release.application.Application;
import dev.slipway.release.application.ApplicationInput;
import dev.slipway.release.application.Asked;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Applications that are told what the key of a question has led to already, wherever they themselves remember it no more:
 * two reads by id for each proposal.
 */
final class AnsweredForGood implements Aggregates<Application, ApplicationInput> {
    private final Aggregates<Application, ApplicationInput> applications;
    private final Aggregates<Answer, Answer.Given> answers;

    AnsweredForGood(Aggregates<Application, ApplicationInput> applications, Aggregates<Answer, Answer.Given> answers) {
        this.applications = applications;
        this.answers = answers;
    }

    @Override
    public Outcome<Application> submit(String id, ApplicationInput input, Cause cause) {
        return applications.submit(id, input instanceof Asked asked ? looked(id, input, asked) : input, cause);
    }

    private ApplicationInput looked(String id, ApplicationInput input, Asked asked) {
        return answers.find(Answer.id(id, asked.key()))
                .flatMap(found -> Optional.ofNullable(found.state().release()))
                .map(asked::leadingTo)
                .orElse(input);
    }

    @Override
    public Optional<Snapshot<Application>> find(String id) {
        return applications.find(id);
    }

    @Override
    public List<Snapshot<Application>> live(@Nullable String afterId, int limit) {
        return applications.live(afterId, limit);
    }

    @Override
    public List<Snapshot<Application>> between(String above, String below, int limit) {
        return applications.between(above, below, limit);
    }

    @Override
    public List<Snapshot<Application>> finished(@Nullable String afterId, int limit) {
        return applications.finished(afterId, limit);
    }

    @Override
    public List<JournalEntry> journal(String id) {
        return applications.journal(id);
    }

    @Override
    public Chained chained(String id) {
        return applications.chained(id);
    }
}
