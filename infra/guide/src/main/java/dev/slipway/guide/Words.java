package dev.slipway.guide;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Verbs that release guides begin a line with, by what they ask for. English, and the commonest of German. */
final class Words {
    /** Looks, and says yes or no. */
    static final Set<String> CHECK = words("""
        verify validate check ensure confirm double-check doublecheck recheck re-check test retest assert inspect compare assure crosscheck
        cross-check sanity-check smoke-test prove examine audit scan qualify spot-check
        prüfe prüfen überprüfe überprüfen teste testen kontrolliere kontrollieren sicherstellen
        """);

    /** Only a person can. */
    static final Set<String> PERSON = words("""
        ask request contact decide determine discuss review re-review approve sign-off agree evaluate assess consider schedule assign nominate
        choose find coordinate plan remind read reread familiarize familiarise observe investigate delegate meet triage identify negotiate
        talk invite pair consult reach gather collect brainstorm reflect learn look watch monitor track recruit select-owner hand attend join
        hold organize organise obtain get seek acquire solicit chase nudge ping follow-up appoint pick vote call-for debrief think be
        ensure-that understand resolve communicate respond reply answer support thank celebrate acknowledge keep work encourage
        prioritize prioritise commit expect await wait pause stand stay remain respect have setup install login log authenticate sign-in
        take reserve block clarify escalate analyze analyse study interview demo present spend perform-manual try explore
        frage fragen entscheide entscheiden bitte klären kläre abstimmen informiere-dich warte warten beobachte beobachten
        """);

    /** Makes a text. */
    static final Set<String> WRITE = words("""
        write draft document summarize summarise describe edit polish compose finalize finalise proofread list record note transcribe
        translate explain mention craft outline annotate rewrite word
        schreibe schreiben dokumentiere dokumentieren verfasse verfassen beschreibe beschreiben
        """);

    /** Changes something. */
    static final Set<String> ACT = words("""
        merge tag push publish release deploy create cut bump run trigger upload build promote cherry-pick cherrypick sign send post announce
        tweet toot notify tell inform email mail close open add remove delete roll rollback revert execute checkout check-out clone update
        upgrade generate regenerate re-generate make set change click select enter paste copy move rename start stop restart begin launch
        prepare rebase branch commit pull fetch sync synchronize synchronise backport port apply enable disable configure increment set-up
        archive clean cleanup switch unlock lock freeze unfreeze thaw rotate migrate back backup restore download attach submit register
        deprecate retire drop submit-pr raise file edit-config package compile perform conduct complete finish do put use go follow
        navigate visit press type unpin pin label mark toggle tick untick replace append insert include exclude import export transfer
        distribute ship roll-out rollout ramp increase decrease extend adjust fix address implement refactor lint format bundle link
        schedule-post share broadcast advertise hand-off save discard draft-release take-down stage unstage squash force-push mirror point
        bring return proceed repeat rerun re-run retry continue initiate invoke issue place tear spin provision scale drain flip turn
        maintain monitor-setup automate integrate let leave review-and-merge init initialize initialise grab remember kick redeploy
        reset re-enable enqueue flush purge invalidate warm assemble pre-warm store snapshot resubmit reopen re-open work-through populate
        highlight cc crosspost cross-post celebrate-release cancel hide show display unhide unpublish yank import-keys test-sign arm
        erstelle erstellen veröffentliche veröffentlichen baue bauen setze setzen starte starten führe ausführen lösche löschen aktualisiere
        aktualisieren sende senden informiere informieren verschicke verschicken mergen tagge taggen ausrollen sichere sichern lege anlegen
        """);

    private static final Set<String> ALL =
            Stream.of(CHECK, PERSON, WRITE, ACT).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());

    /** Verbs that are nouns as often. */
    private static final Set<String> NOUNS_TOO = words("""
        release test build document review plan branch tag change commit support track stage version record note list package
        link mirror monitor port label post mail email branch vote deploy patch backup snapshot freeze schedule contact demo log issue
        work pair set hand hold word format import export lock call merge sign publish report request ping check scan audit back point
        store start file place block answer study process look
        """);

    /** What follows them when they are nouns. */
    private static final Set<String> NOUN_HEADS = words("""
        notes note manager managers candidate candidates date dates type types plan plans process number engineer captain criteria
        checklist schedule results result coverage suite environment philosophy overview strategy team lead champion owner shepherd
        cycle train cadence page series highlights activities guide procedure phase phases stages stage status log logs name
        of for is are was will should must have has numbers steps window freeze day days week request requests requirements
        requirement history retention policy management information info link links calendar issue issues plans email address
        recommendations readiness completed complete done passed successful succeeded approved required needed approval branches
        branch announcement announcements post posts template templates artifacts artifact cases case data runs run reports report mode
        """);

    private Words() {}

    private static Set<String> words(String text) {
        return Arrays.stream(text.strip().split("\\s+")).collect(Collectors.toUnmodifiableSet());
    }

    static boolean verb(String word) {
        return ALL.contains(word.toLowerCase(Locale.ROOT));
    }

    /** Whether a text asks in the imperative: its first word is a verb, and the second does not make a noun of it. */
    static boolean startsWithVerb(String text) {
        String[] words = Clause.bare(text).toLowerCase(Locale.ROOT).split("[\\s,:;.()]+");
        if (words.length == 0 || !ALL.contains(words[0])) {
            return false;
        }
        boolean key = Clause.bare(text).regionMatches(words[0].length(), ":", 0, 1);
        if (!NOUNS_TOO.contains(words[0])) {
            return true;
        }
        return !key && !noun(words);
    }

    private static boolean noun(String[] words) {
        if (words.length < 2) {
            return false;
        }
        if (words[1].matches("and|or|&")) {
            return words.length > 2 && !ALL.contains(words[2]);
        }
        boolean abstract_ = words.length == 2 && words[1].matches(".{3,}(tion|ment|ness|ance|ence|ity|sis)s?");
        return NOUN_HEADS.contains(words[1]) || abstract_;
    }

    /** The verb of "cuts" or "reviews"; empty if it is none. */
    static String ofThird(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        for (String stem : new String[] {
            lower.replaceFirst("s$", ""), lower.replaceFirst("es$", ""), lower.replaceFirst("ies$", "y")
        }) {
            if (!stem.equals(lower) && ALL.contains(stem)) {
                return stem;
            }
        }
        return "";
    }
}
