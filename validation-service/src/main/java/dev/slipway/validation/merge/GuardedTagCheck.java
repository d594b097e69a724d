package dev.slipway.validation.merge;

import dev.slipway.contracts.policy.TrustedKey;
import dev.slipway.contracts.policy.TrustedKey.Form;
import dev.slipway.git.Answers.TagQuestion;
import dev.slipway.git.Answers.TagSigned;
import dev.slipway.git.Git;
import dev.slipway.validation.assessment.ProbeAnswer;
import dev.slipway.validation.assessment.TagCheck;
import dev.slipway.web.guard.Guarded;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks Git about a tag, behind the same guard as merges: trouble is an answer, and it is asked again until the deadline. */
public final class GuardedTagCheck implements TagCheck, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(GuardedTagCheck.class);

    private final Git git;
    private final Guarded guard;

    public GuardedTagCheck(Git git, Guarded guard) {
        this.git = git;
        this.guard = guard;
    }

    @Override
    public ProbeAnswer check(Checking checking) {
        String repository = checking.source().repository();
        TagQuestion question = new TagQuestion(
                repository,
                checking.tag(),
                checking.sha().value(),
                texts(checking.keys(), Form.SSH),
                texts(checking.keys(), Form.OPENPGP));
        try {
            return answer(
                    checking, guard.call(repository.replaceAll("//[^/@]*@", "//"), () -> git.tagSigned(question)));
        } catch (Guarded.Unreachable unreachable) {
            return unanswered(
                    checking,
                    switch (unreachable.why()) {
                        case TOO_MANY -> "Git is asked too much at once; it is tried again";
                        case LEFT_ALONE -> "The repository failed too often and is left alone for a while";
                        case LATE -> "Git took too long";
                    });
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return unanswered(checking, "The service stops");
        } catch (Exception trouble) {
            log.warn("The tag {} cannot be looked at: {}", checking.tag(), trouble.toString());
            return unanswered(checking, String.valueOf(trouble.getMessage()));
        }
    }

    private static List<String> texts(List<TrustedKey> keys, Form form) {
        return keys.stream()
                .filter(key -> key.form() == form)
                .map(TrustedKey::text)
                .toList();
    }

    /** A tag may be signed anew until the deadline, so one that is not does not fail at once. */
    private static ProbeAnswer answer(Checking checking, TagSigned said) {
        return switch (said) {
            case TagSigned.By(String id, String by) ->
                new ProbeAnswer.AsExpected(
                        "tag %s (%s) signed by %s".formatted(checking.tag(), id.substring(0, 10), by));
            case TagSigned.Not(String why) -> new ProbeAnswer.Unexpected("tag " + checking.tag(), why);
            case TagSigned.Unknown(String why) -> unanswered(checking, why);
        };
    }

    private static ProbeAnswer unanswered(Checking checking, String why) {
        return new ProbeAnswer.Unanswered("tag " + checking.tag(), why);
    }

    @Override
    public void close() {
        guard.close();
    }
}
