package dev.slipway.release.saga;

import dev.slipway.contracts.Texts;
import dev.slipway.contracts.release.RetroView;
import dev.slipway.contracts.release.RetroView.Feedback;
import dev.slipway.contracts.release.RetroView.Item;
import dev.slipway.contracts.release.RetroView.Kind;
import dev.slipway.contracts.release.RetroView.State;
import dev.slipway.contracts.release.RetroView.Word;
import dev.slipway.messaging.Decision;
import dev.slipway.messaging.Refusal;
import dev.slipway.release.saga.ReleaseInput.CloseItem;
import dev.slipway.release.saga.ReleaseInput.GiveFeedback;
import dev.slipway.release.saga.ReleaseInput.RaiseItem;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What people learned from a release and want done, and what others say of it (ADR 70). Like words about its notes they are told
 * to the journal, and so stand in the release's chain, on its way and after its end as well; nothing waits for them and nothing
 * is decided by them.
 */
public final class LookingBack {
    private static final Pattern ADDRESS = Pattern.compile("[^\\s@]{1,100}@[^\\s@]{1,150}");

    private final SagaLimits limits;

    LookingBack(SagaLimits limits) {
        this.limits = limits;
    }

    /** What is to be done still, as its successors show it. */
    public static List<RetroView.Owed> owed(Dossier d) {
        return said(d).items().stream()
                .filter(Item::stillOpen)
                .map(item -> new RetroView.Owed(d.id(), item))
                .toList();
    }

    /** What of it has an owner and a day, of which they are reminded. */
    public static List<RetroView.Due> due(Dossier d) {
        return said(d).items().stream()
                .filter(Item::stillOpen)
                .flatMap(item -> item.owner() == null || item.due() == null
                        ? Stream.of()
                        : Stream.of(new RetroView.Due(item.number(), item.text(), item.owner(), item.due())))
                .toList();
    }

    /** All that was said. */
    public static RetroView said(Dossier d) {
        RetroView kept = kept(d);
        return d.feedback().isEmpty()
                ? kept
                : new RetroView(
                        kept.items(),
                        Stream.concat(kept.feedback().stream(), d.feedback().stream())
                                .toList());
    }

    /** Its items, and feedback from before that was kept by itself. */
    private static RetroView kept(Dossier d) {
        RetroView retro = d.retro();
        return retro == null ? RetroView.NOTHING : retro;
    }

    Decision<Dossier> raise(Dossier d, RaiseItem asked, Instant now) {
        Optional<Refusal> wrong = unknown(d)
                .or(() -> text("An item", asked.text(), RetroView.TEXT_CHARACTERS_MAX))
                .or(() -> owner(asked))
                .or(() -> full(said(d).items().size(), RetroView.ITEMS_MAX, "items"));
        if (wrong.isPresent()) {
            return Decision.refuse(d, wrong.get());
        }
        RetroView before = kept(d);
        State state = asked.lesson() ? State.NOTED : State.OPEN;
        Item item = new Item(
                before.items().size() + 1,
                asked.lesson() ? Kind.LESSON : Kind.ACTION,
                asked.text().strip(),
                asked.lesson() ? null : asked.owner(),
                asked.lesson() ? null : asked.due(),
                state,
                List.of(new Word(state, asked.email(), now, "")));
        return moved(Change.of(d, now).retro(new RetroView(plus(before.items(), item), before.feedback())), asked.key())
                .because("%s raises %s %d%s: %s"
                        .formatted(
                                asked.email(),
                                asked.lesson() ? "lesson" : "item",
                                item.number(),
                                who(item),
                                item.text()));
    }

    private static String who(Item item) {
        return item.owner() == null
                ? ""
                : " for %s%s".formatted(item.owner(), item.due() == null ? "" : " until " + item.due());
    }

    Decision<Dossier> close(Dossier d, CloseItem asked, Instant now) {
        Optional<Refusal> wrong = unknown(d).or(() -> closing(d, asked));
        if (wrong.isPresent()) {
            return Decision.refuse(d, wrong.get());
        }
        RetroView before = kept(d);
        String reason = asked.reason().strip();
        List<Item> items = before.items().stream()
                .map(item -> item.number() == asked.number() ? closed(item, asked, reason, now) : item)
                .toList();
        return moved(Change.of(d, now).retro(new RetroView(items, before.feedback())), asked.key())
                .because("%s closes item %d as %s: %s".formatted(asked.email(), asked.number(), asked.as(), reason));
    }

    private static Item closed(Item item, CloseItem asked, String reason, Instant now) {
        return new Item(
                item.number(),
                item.kind(),
                item.text(),
                item.owner(),
                item.due(),
                asked.as(),
                plus(item.history(), new Word(asked.as(), asked.email(), now, reason)));
    }

    private static Optional<Refusal> closing(Dossier d, CloseItem asked) {
        Item item = said(d).items().stream()
                .filter(each -> each.number() == asked.number())
                .findFirst()
                .orElse(null);
        if (item == null) {
            return refusal(
                    "no-item",
                    "Release %s has no item %d: slipway retro list %s".formatted(d.id(), asked.number(), d.id()));
        }
        if (!item.stillOpen()) {
            return refusal("not-open", "Item %s/%d is %s.".formatted(d.id(), item.number(), item.state()));
        }
        if (asked.as() != State.DONE && asked.as() != State.DROPPED) {
            return refusal("no-answer", "An item is closed as DONE or as DROPPED: --as done|dropped");
        }
        return text("The reason", asked.reason(), RetroView.TEXT_CHARACTERS_MAX);
    }

    Decision<Dossier> feedback(Dossier d, GiveFeedback given, Instant now) {
        Optional<Refusal> wrong = unknown(d)
                .or(() -> text("Feedback", given.text(), RetroView.FEEDBACK_CHARACTERS_MAX))
                .or(() -> text("Whom it is from", given.from(), RetroView.FROM_CHARACTERS_MAX))
                .or(() -> link(given.link()));
        if (wrong.isPresent()) {
            return Decision.refuse(d, wrong.get());
        }
        RetroView before = said(d);
        Feedback said = new Feedback(given.from().strip(), given.text().strip(), given.link(), given.by(), now);
        boolean known = before.feedback().stream()
                .anyMatch(each -> each.from().equals(said.from()) && each.text().equals(said.text()));
        if (known) {
            return Decision.stay(d);
        }
        return full(before.feedback().size(), RetroView.FEEDBACK_MAX, "pieces of feedback")
                .map(refusal -> Decision.refuse(d, refusal))
                .orElseGet(() -> moved(Change.of(d, now).feedback(said), given.key())
                        .because("feedback from %s: %s".formatted(said.from(), said.text())));
    }

    private Decision<Dossier> moved(Change change, @Nullable String key) {
        return Decision.move(change.request(key, limits.requestsRemembered()).done());
    }

    private static Optional<Refusal> unknown(Dossier d) {
        return d.launch() == null
                ? refusal("not-now", "Release %s is not known yet.".formatted(d.id()))
                : Optional.empty();
    }

    private static Optional<Refusal> text(String what, String text, int max) {
        boolean legal = Texts.SAID_LINE.matcher(text).matches() && text.strip().length() <= max;
        return legal
                ? Optional.empty()
                : refusal("no-text", "%s is one line of 1 to %,d characters.".formatted(what, max));
    }

    private static Optional<Refusal> owner(RaiseItem asked) {
        boolean legal = asked.lesson() || ADDRESS.matcher(asked.owner()).matches();
        return legal
                ? Optional.empty()
                : refusal("no-owner", "An item has an owner by address, such as ada@example.test: --owner EMAIL");
    }

    private static Optional<Refusal> link(@Nullable String link) {
        if (link == null) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(link);
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            if (web && uri.getHost() != null && link.length() <= RetroView.LINK_CHARACTERS_MAX) {
                return Optional.empty();
            }
        } catch (URISyntaxException illegal) {
            // said below
        }
        return refusal(
                "no-link",
                "A link is an address with http or https and a host, of at most %d characters."
                        .formatted(RetroView.LINK_CHARACTERS_MAX));
    }

    private static Optional<Refusal> full(int number, int max, String what) {
        return number < max
                ? Optional.empty()
                : refusal("full", "A release takes %d %s: raise this of a later one.".formatted(max, what));
    }

    private static Optional<Refusal> refusal(String code, String detail) {
        return Optional.of(new Refusal(code, detail));
    }

    private static <T> List<T> plus(List<T> all, T next) {
        List<T> more = new ArrayList<>(all);
        more.add(next);
        return more;
    }
}
