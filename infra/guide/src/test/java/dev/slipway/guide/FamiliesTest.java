package dev.slipway.guide;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Families of lines whose class one principle settles (ADR 46): what is run, what has to be so, what was done, what only names. Words of our own. */
class FamiliesTest {
    @Test
    void what_a_command_is_run_for_decides() {
        Lines guide = Lines.of("""
            ## Steps
            1. Run `shipper pack --dry-run` to make sure that it would go through
            1. Run `lock check` so the lock file gets updated
            1. Run `tell --since last` to create the changelog
            1. Run `fetch all` to make sure the lock list is up to date
            1. Run `spell` and check in the word list
            1. Run security testing of the images
            1. Run end to end tests against the candidate
            1. Make sure the mirror list is fresh by running `lists renew`
            1. Let `ship.yml` upload the wheels
            1. Compile and test it
            """);

        assertThat(guide.at("dry-run").kind()).isEqualTo(LineClass.GATE);
        assertThat(guide.at("lock check").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("tell --since").kind()).isEqualTo(LineClass.DOCUMENT);
        assertThat(guide.at("fetch all").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("spell").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("security testing").kind()).isEqualTo(LineClass.GATE);
        assertThat(guide.at("end to end").kind()).isEqualTo(LineClass.GATE);
        assertThat(guide.at("mirror list").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("ship.yml").kind()).isEqualTo(LineClass.GATE);
        assertThat(guide.at("Compile").kind()).isEqualTo(LineClass.GATE);
    }

    @Test
    void a_command_that_only_looks_is_a_gate_and_what_it_prints_shows_it() {
        Lines guide = Lines.of("""
            ## Before
            - [ ] `./tools/verify.sh`
            - [ ] `cargo publish`
            - [ ] The long tour runs clean: `tour --fast`
            - [ ] No import of the old core: `grep -r core` returns nothing
            - [ ] `cd build/test`
            - [ ] Tag made: `git tag v1`
            """);

        assertThat(guide.at("verify.sh").kind()).isEqualTo(LineClass.GATE);
        assertThat(guide.at("cargo").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("tour").kind()).isEqualTo(LineClass.GATE);
        assertThat(guide.at("old core").kind()).isEqualTo(LineClass.GATE);
        assertThat(guide.at("cd build").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("git tag").kind()).isEqualTo(LineClass.ACTION);
    }

    @Test
    void what_has_to_be_so_can_be_looked_for_but_for_what_is_judged_or_is_ones_own() {
        Lines guide = Lines.of("""
            ## Checks
            - [ ] Verify that the index has a row for it
            - [ ] Verify there is nothing left over
            - [ ] Ensure a new sketch generates
            - [ ] Ensure old sketches upgrade nicely
            - [ ] Make sure you've drawn the reference pictures
            - [ ] Make sure the handbook is up to date
            - [ ] Make sure the [tour](http://localhost:9000/tour) loads
            - [ ] Check for outdated parts
            - [ ] Check the lists and commit the new one
            """);

        assertThat(guide.at("index").kind()).isEqualTo(LineClass.GATE);
        assertThat(guide.at("nothing left").kind()).isEqualTo(LineClass.GATE);
        assertThat(guide.at("new sketch").kind()).isEqualTo(LineClass.GATE);
        assertThat(guide.at("nicely").kind()).isEqualTo(LineClass.DUTY);
        assertThat(guide.at("reference pictures").kind()).isEqualTo(LineClass.DUTY);
        assertThat(guide.at("handbook").kind()).isEqualTo(LineClass.DUTY);
        assertThat(guide.at("tour").kind()).isEqualTo(LineClass.DUTY);
        assertThat(guide.at("outdated").kind()).isEqualTo(LineClass.DUTY);
        assertThat(guide.at("commit the new").kind()).isEqualTo(LineClass.ACTION);
    }

    @Test
    void what_was_done_is_an_action_but_for_what_shows_itself() {
        Lines guide = Lines.of("""
            ## Ready
            - [ ] Bundles uploaded to the host
            - [ ] `next` merged into `stable`
            - [ ] Parts list and checksums generated
            - [ ] Clean setup tested
            - [ ] Push messages and deep links tested
            - [ ] `PLAN.md` and `NEXT.md` updated
            - [ ] Import service responding
            - [ ] Resellers told
            """);

        assertThat(guide.at("Bundles").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("next").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("checksums").kind()).isEqualTo(LineClass.GATE);
        assertThat(guide.at("Clean setup").kind()).isEqualTo(LineClass.DUTY);
        assertThat(guide.at("Push messages").kind()).isNotEqualTo(LineClass.ACTION);
        assertThat(guide.at("PLAN.md").kind()).isEqualTo(LineClass.DOCUMENT);
        assertThat(guide.at("Import service").kind()).isEqualTo(LineClass.GATE);
        assertThat(guide.at("Resellers").kind()).isEqualTo(LineClass.ACTION);
    }

    @Test
    void a_mere_name_is_what_the_sentence_or_the_heading_above_it_asks_for() {
        Lines guide = Lines.of("""
            ## Announcements
            - [ ] [Forum](https://forum.example.test)
            - [ ] The old club

            ## Numbers
            Update the versions used in:
            - [ ] `sample-app`
            - [ ] https://example.test/samples

            ## Files
            - [ ] `package.json`
            """);

        assertThat(guide.at("Forum").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("Forum").reason()).contains("its heading says that something is sent");
        assertThat(guide.at("old club").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("sample-app").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("sample-app").reason()).contains("the sentence above asks for it");
        assertThat(guide.at("package.json").kind()).isEqualTo(LineClass.ACTION);
    }

    @Test
    void a_part_of_a_text_is_a_text_and_moving_commits_is_none() {
        Lines guide = Lines.of("""
            ## Steps
            1. Add or update the next changelog entry
            1. Add a new header for the changelog with the date
            1. Copy and paste the release notes into the body of the release
            1. Backport the changelog to the stable branch
            1. Review and update docstrings
            1. Update this file with what was missing
            1. Update `hashes.txt` on the website
            1. Keep a list of the crates that stay as they are
            """);

        assertThat(guide.at("changelog entry").kind()).isEqualTo(LineClass.DOCUMENT);
        assertThat(guide.at("new header").kind()).isEqualTo(LineClass.DOCUMENT);
        assertThat(guide.at("paste").kind()).isEqualTo(LineClass.DOCUMENT);
        assertThat(guide.at("Backport").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("docstrings").kind()).isEqualTo(LineClass.DOCUMENT);
        assertThat(guide.at("this file").kind()).isEqualTo(LineClass.DOCUMENT);
        assertThat(guide.at("hashes").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("Keep a list").kind()).isEqualTo(LineClass.DOCUMENT);
    }

    @Test
    void looking_through_is_of_people_and_what_follows_it_may_be_none() {
        Lines guide = Lines.of("""
            ## Steps
            1. Go through the changelog
            1. Look through the requests that were put off and merge them
            1. Download and verify the checksums
            1. Share both files with the team for verification and signing
            1. Check out the stable branch
            1. Once all is green, (force) merge it
            1. Send the vote mail to dev@lists.example.test
            1. Publish artifacts of the new version
            """);

        assertThat(guide.at("Go through").kind()).isEqualTo(LineClass.DUTY);
        assertThat(guide.at("put off").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("checksums").kind()).isEqualTo(LineClass.GATE);
        assertThat(guide.at("both files").kind()).isEqualTo(LineClass.DUTY);
        assertThat(guide.at("Check out").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("merge it").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("vote mail").step()).isTrue();
        assertThat(guide.at("Publish artifacts").kind()).isEqualTo(LineClass.ACTION);
    }
}
