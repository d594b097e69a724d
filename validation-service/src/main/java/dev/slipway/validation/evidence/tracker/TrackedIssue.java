package dev.slipway.validation.evidence.tracker;

import dev.slipway.contracts.Texts;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An issue, or a pull or merge request.
 *
 * @param id as its tracker writes it, {@code #12}, {@code !7} or {@code SHOP-12}, 1 to {@value #ID_CHARACTERS_MAX} characters
 * @param title cut at {@value #TITLE_CHARACTERS_MAX} characters
 * @param open whether it is still to be done: one that is closed, merged or not going to be done is not
 * @param request whether it is a pull or merge request
 * @param labels what its tracker files it under, at most {@value #LABELS_MAX}; at Jira its type and priority as well
 * @param milestones titles of those that it is of; null where the tracker did not say of which
 */
public record TrackedIssue(
        String id,
        String title,
        boolean open,
        boolean request,
        List<String> labels,
        @Nullable List<String> milestones) {
    static final int ID_CHARACTERS_MAX = 100;
    static final int TITLE_CHARACTERS_MAX = 200;
    static final int LABELS_MAX = 200;
    private static final int LABELS_SHOWN = 5;

    public TrackedIssue {
        Texts.requireLength("an issue's id", id, 1, ID_CHARACTERS_MAX);
        title = Texts.brief(title, TITLE_CHARACTERS_MAX);
        labels = List.copyOf(labels);
        milestones = milestones == null ? null : List.copyOf(milestones);
    }

    /** Whether a text can be one's id. */
    static boolean isId(@Nullable String text) {
        return text != null && !text.isBlank() && text.length() <= ID_CHARACTERS_MAX && !Texts.hasControl(text);
    }

    /** Whether it has one of these labels. */
    boolean hasAny(Collection<String> wanted) {
        return wanted.stream().anyMatch(this::has);
    }

    /** Whether it has all of these labels. */
    boolean hasAll(Collection<String> wanted) {
        return wanted.stream().allMatch(this::has);
    }

    private boolean has(String label) {
        return labels.stream().anyMatch(label::equalsIgnoreCase);
    }

    boolean isOf(String milestone) {
        return milestones != null && milestones.stream().anyMatch(milestone::equalsIgnoreCase);
    }

    /** Of two reports of the same one: what is open in any of them is open, and what it has in any of them it has. */
    TrackedIssue and(TrackedIssue other) {
        return new TrackedIssue(
                id,
                title,
                open || other.open,
                request,
                both(labels, other.labels),
                milestones == null || other.milestones == null ? null : both(milestones, other.milestones));
    }

    private static List<String> both(List<String> one, List<String> other) {
        return Stream.concat(one.stream(), other.stream()).distinct().toList();
    }

    /** In one line for people. */
    String shown() {
        String filed = String.join(", ", labels.subList(0, Math.min(LABELS_SHOWN, labels.size())));
        return filed.isEmpty() ? "%s %s".formatted(id, title) : "%s %s (%s)".formatted(id, title, filed);
    }
}
