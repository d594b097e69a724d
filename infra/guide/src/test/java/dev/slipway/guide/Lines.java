package dev.slipway.guide;

import java.util.List;

/** Guides written in a test, and their lines by what they say. */
final class Lines {
    private final Guide guide;
    private final List<Proposal> proposals;

    private Lines(Guide guide) {
        this.guide = guide;
        this.proposals = Proposing.of(guide);
    }

    static Lines of(String markdown) {
        return new Lines(GuideFile.parse("guide.md", markdown));
    }

    static Lines form(String yaml) {
        return new Lines(GuideFile.parse("guide.yml", yaml));
    }

    Proposal at(String part) {
        return proposals.stream()
                .filter(one -> one.line().text().contains(part))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no line says '%s' in %s".formatted(part, texts())));
    }

    Proposal last(String part) {
        return proposals.reversed().stream()
                .filter(one -> one.line().text().contains(part))
                .findFirst()
                .orElseThrow();
    }

    List<String> steps() {
        return proposals.stream()
                .filter(Proposal::step)
                .map(one -> one.line().text())
                .toList();
    }

    List<String> texts() {
        return proposals.stream().map(one -> one.line().text()).toList();
    }

    List<Proposal> all() {
        return proposals;
    }

    Guide guide() {
        return guide;
    }
}
