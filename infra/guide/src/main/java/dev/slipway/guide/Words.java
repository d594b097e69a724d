package dev.slipway.guide;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Verbs that release guides begin a line with, by what they ask for. English, and the commonest of German. */
final class Words {
    /** Looks, and says yes or no. */
    static final Set<String> CHECK = words("""
        verify validate check ensure confirm double-check doublecheck recheck re-check test retest assert inspect compare assure crosscheck
        cross-check sanity-check smoke-test prove examine audit scan qualify spot-check vet eyeball reconfirm re-verify reverify revalidate
        prüfe prüfen überprüfe überprüfen teste testen kontrolliere kontrollieren sicherstellen
        """);

    /** Only a person can. */
    static final Set<String> PERSON = words("""
        ask request contact decide determine discuss review re-review approve sign-off agree evaluate assess consider schedule assign nominate
        choose find coordinate plan remind read reread familiarize familiarise observe investigate delegate meet triage identify negotiate
        talk invite pair consult reach gather collect brainstorm reflect learn look watch monitor track recruit select-owner hand attend join
        hold organize organise obtain get seek acquire solicit chase nudge ping follow-up appoint pick vote call-for debrief think be
        ensure-that understand resolve communicate respond reply answer support thank celebrate acknowledge keep work encourage
        prioritize prioritise grep expect await wait pause stand stay remain respect have setup install login log authenticate sign-in
        reserve block clarify escalate analyze analyse study interview demo present spend perform-manual try explore qa
        define expedite allow estimate align enumerate skim peruse browse play sweep come liaise brief train poll survey research walk preview rehearse volunteer
        frage fragen entscheide entscheiden bitte klären kläre abstimmen informiere-dich warte warten beobachte beobachten
        """);

    /** Makes a text. */
    static final Set<String> WRITE = words("""
        write draft document summarize summarise describe edit polish compose finalize finalise proofread list record note transcribe
        translate explain mention craft copy-edit copyedit outline annotate rewrite word author reword rephrase revise
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
        comment commit match take amend develop modify harden align provision re-provision reprovision deprovision fork head enter specify substitute incorporate
        combine consolidate concatenate sort prefix suffix prune strip fill scroll correct clear convert customize customise decrement
        dispatch duplicate embed erase expand collapse expose extract fast-forward grant halt inject isolate kill locate minify mount
        override overwrite prepend preserve prep rebuild reboot recreate re-create redirect refresh reinstall re-install reload republish
        accept activate deactivate allocate bootstrap calculate capture connect disconnect construct curate dedupe establish flag inline
        instruct interrupt log-out normalize notarize omit pass-on persist propose quit raise-pr rearrange reconcile redo reformat
        relocate remap render renew reorder report restrict rsync scp serve shut simplify skip spawn standardize stamp strengthen
        supersede throttle transition transmit truncate tune unblock uncomment undo unmount unsubscribe untag utilize view warn wire wrap
        re-publish retag re-tag resume reuse search split subscribe supply suspend swap symlink terminate tidy trim uninstall unlink
        unpack untar unzip unset vendor wipe withdraw zip ssh dismiss drag hit tap untick uncheck deselect backfill back-merge backmerge
        e-mail dm skeet re-upload reupload retrigger re-trigger recompile repackage decommission destroy propagate replicate adapt alter
        categorize categorise classify group improve countersign co-sign staple notarise re-announce preannounce pre-announce chown chmod
        compress un-check pack retrieve check-in check-out flip tar gzip pr highlight cc crosspost cross-post celebrate-release cancel hide show display unhide unpublish yank import-keys test-sign arm
        erstelle erstellen veröffentliche veröffentlichen baue bauen setze setzen starte starten führe ausführen lösche löschen aktualisiere
        aktualisieren sende senden informiere informieren verschicke verschicken mergen tagge taggen ausrollen sichere sichern lege anlegen
        """);

    private static final Set<String> ALL =
            Stream.of(CHECK, PERSON, WRITE, ACT).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());

    /** Verbs that are nouns as often. */
    private static final Set<String> NOUNS_TOO = words("""
        release test build document upgrade review plan branch tag change commit support track stage version record note list package
        link mirror monitor port label post mail email branch vote deploy patch backup snapshot freeze schedule contact demo log issue
        work pair set hand hold word format import export lock call merge sign publish report request ping check scan audit back point
        store start file place block answer study process look comment match fork head search split sort zip brief train poll survey research walk preview
        flag report rollback stamp view pr
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
        build builds metrics decision decisions creation table matrix
        workflow workflows pipeline pipelines job jobs
        """);

    /** Said of what is there, rather than of what was done. */
    private static final Set<String> ADJECTIVES = words("""
        automated detailed signed scheduled required related distributed integrated supported linked combined isolated shared planned
        """);

    private static final Map<String, String> IRREGULAR = Map.ofEntries(
            Map.entry("ran", "run"),
            Map.entry("built", "build"),
            Map.entry("sent", "send"),
            Map.entry("wrote", "write"),
            Map.entry("written", "write"),
            Map.entry("made", "make"),
            Map.entry("took", "take"),
            Map.entry("got", "get"),
            Map.entry("told", "tell"),
            Map.entry("found", "find"),
            Map.entry("chose", "choose"),
            Map.entry("did", "do"));

    /** "Tag `v1` pushed", "Upgrade from the last one was tested": what follows is said of the first word. */
    private static final Pattern SAID_OF_IT = Pattern.compile(
            "(?i)^\\w+( `[^`]+`| (?!the|an?|all|each)\\S+)? \\w+(ed|built|sent)(\\W*$|,.*| (\\w+ly|and|on|in|to|with|by|from|after|before|at|for"
                    + "|into)\\b.*)|^\\w+ (from|to|of|for|in|on)\\b((?!\\b(that|which|if|when|where|while|once|so|until|after|before|because"
                    + "|as|what|who|whether|ensure)\\b)[^,;.])* (was|were|is|are|has been|have been)\\b.*");

    /** "Change impact assessment completed", "Release metrics captured (hours, errors)": the same of several words. */
    private static final Pattern DONE_WITH = Pattern.compile(
            "(?i)^\\w+( (?!(the|an?|all|each|every|any|our|your|its|this|that|to|for|of|on|in|into|from|with|if|as|and|or)\\b)[\\w/-]+){1,4}"
                    + " (\\w+ed|built|made|done|written|taken)( and (\\w+ed|built|made|done|written|taken))?(\\W*$|,.*| \\(.*| by .*)");
    /** "Push messages and deep links tried", "Bundle name correct for the store". */
    private static final Pattern STANDS = Pattern.compile(
            "(?i)^[\\w-]+( (?!(the|an?|all|each|every|any|our|your|its|this|that|to|for|of|on|in|into|from|with|if|as|when|until|so|it|them|not|what|which|who|whether|is|are|was|were)\\b)[\\w/,-]+){1,6}"
                    + " ((?!required|needed|related|listed|affected|associated|planned|updated|merged)\\w+ed|correct|valid|working|reachable|active|responding|running|healthy|online|ready|passing|green|stable)"
                    + "(\\W*$| (for|on|in|with) [\\w ]{1,30}\\W*$)");
    /** "Release manager: all is ready". */
    private static final Pattern OF_A_ROLE = Pattern.compile(
            "(?i)^\\w+( [\\w/-]+){0,2} (leads?|managers?|owners?|coordinators?|captains?|engineers?|officers?|teams?|approvers?)\\W{0,3}:.*");
    /** "re-sync", "squash-merge": how it is done does not change what is done. */
    private static final Pattern AGAIN =
            Pattern.compile("(re|squash|auto|force|bulk|cross|soft|hard|fast|mass|batch)-[a-z]+");

    private static final Pattern PAST = Pattern.compile("\\p{L}+ed|built|made|sent|done");
    private static final Pattern FIRST = Pattern.compile("[\\s,:;.!()/*]+");
    private static final int NEAR_CHARS = 200;

    private Words() {}

    private static Set<String> words(String text) {
        return Arrays.stream(text.strip().split("\\s+")).collect(Collectors.toUnmodifiableSet());
    }

    static boolean verb(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return ALL.contains(lower)
                || (AGAIN.matcher(lower).matches() && ALL.contains(lower.replaceFirst("^[a-z]+-", "")));
    }

    /** The first word of a text that begins with a verb; of "check/improve" the first verb. */
    static String first(String text) {
        return FIRST.split(text.toLowerCase(Locale.ROOT), 2)[0];
    }

    /** Whether a word alone names a thing rather than asks for something: "Release", "Tag". */
    static boolean noun(String word) {
        return NOUNS_TOO.contains(word.toLowerCase(Locale.ROOT));
    }

    /** Whether a text asks in the imperative: its first word is a verb, and the second does not make a noun of it. */
    static boolean startsWithVerb(String text) {
        String[] words = FIRST.split(Clause.bare(text).toLowerCase(Locale.ROOT));
        if (words.length == 0 || !verb(words[0])) {
            return false;
        }
        if (SAID_OF_IT.matcher(near(text)).matches()
                && !CHECK.contains(words[0])
                && !words[0].matches("click|select|press|choose|tap")) {
            return false;
        }
        if (!CHECK.contains(words[0]) && STANDS.matcher(near(text)).matches()) {
            return false;
        }
        if (NOUNS_TOO.contains(words[0]) && DONE_WITH.matcher(near(text)).matches()) {
            return false;
        }
        if (OF_A_ROLE.matcher(near(text)).matches()) {
            return false;
        }
        if (words.length > 1 && words[0].equals("write") && words[1].matches("access|permissions?|rights?")) {
            return false;
        }
        if (words[0].equals("go") && words.length > 1 && words[1].matches("no-go|no")) {
            return false;
        }
        if (words[0].equals("qa")) {
            return words.length > 1 && words[1].matches("the|this|that|all|each|every|it|our|your|both");
        }
        boolean key = Clause.bare(text).regionMatches(words[0].length(), ":", 0, 1);
        if (!NOUNS_TOO.contains(words[0])) {
            return true;
        }
        return !key && !noun(words);
    }

    /** Its first words; what is said of the first one stands near it. */
    private static String near(String text) {
        String bare = Clause.bare(text);
        return bare.substring(0, Math.min(NEAR_CHARS, bare.length()));
    }

    private static boolean noun(String[] words) {
        if (words.length < 2) {
            return false;
        }
        if (words[1].equals("for") && words[0].matches("check|look|scan|search")) {
            return false;
        }
        if (words[1].matches("#?\\d+")) {
            return true;
        }
        if (words[0].equals("check") && !words[1].matches("runs?|results?|list|mode|suite|names?|is|are|was|of")) {
            return false;
        }
        if (words[0].equals("monitor") && words[1].matches("metrics|logs?|issues?|data|performance|errors?|alerts?")) {
            return false;
        }
        if (words[0].equals("pr")) {
            return !words[1].matches("the|an?|it|this|these|your|all|against|and|&");
        }
        if (words[0].equals("post") && words[1].matches("announcements?|messages?|updates?")) {
            return false;
        }
        if (words[0].matches("publish|sign|merge|deploy|build")
                && words[1].matches(
                        "artifacts?|notes|announcements?|posts?|branch(es)?|updates?|documentation|metadata")) {
            return words.length > 2 && PAST.matcher(words[2]).matches();
        }
        if (words.length > 2 && words[2].matches("is|are|was|were|has|have|must|should|will|can")) {
            return true;
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
        return stem(
                lower, lower.replaceFirst("s$", ""), lower.replaceFirst("es$", ""), lower.replaceFirst("ies$", "y"));
    }

    /** The verb of "removed" or "ran"; empty if it is none, or one that stands before a noun as well. */
    static String ofPast(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return ADJECTIVES.contains(lower)
                ? ""
                : stem(
                        lower,
                        IRREGULAR.getOrDefault(lower, lower),
                        lower.replaceFirst("ed$", ""),
                        lower.replaceFirst("ed$", "e"),
                        lower.replaceFirst("ied$", "y"),
                        lower.replaceFirst("(.)\\1ed$", "$1"));
    }

    /** The verb of "renaming" or "cutting"; empty if it is none. */
    static String ofGerund(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return lower.length() > 5 && lower.endsWith("ing")
                ? stem(
                        lower,
                        lower.replaceFirst("ing$", ""),
                        lower.replaceFirst("ing$", "e"),
                        lower.replaceFirst("(.)\\1ing$", "$1"))
                : "";
    }

    /** The verb of "creation", where that is not the same word; else the word itself if it is a verb. */
    static String ofNominal(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return ALL.contains(lower)
                ? lower
                : stem(
                        lower,
                        lower.replaceFirst("(?<=[at])ion$", "e"),
                        lower.replaceFirst("(?<=t)ion$", ""),
                        lower.replaceFirst("ication$", "ish"),
                        lower.replaceFirst("(?:al|ment)$", ""),
                        lower.replaceFirst("al$", "e"));
    }

    private static String stem(String word, String... stems) {
        return Arrays.stream(stems)
                .filter(stem -> !stem.equals(word) && ALL.contains(stem))
                .findFirst()
                .orElse("");
    }
}
