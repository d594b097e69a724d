package dev.slipway.guide;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Checklists that say what was done, and other ways of asking without an imperative. Words of our own. */
class ReportedTest {
    @Test
    void what_was_done_says_of_which_class_it_is() {
        Lines guide = Lines.of("""
            ## Ready
            - [ ] The handbook was revised
            - [ ] Upgrade notes drafted and corrected
            - [ ] Resellers notified of the date
            - [ ] A message was posted in the forum
            - [ ] Parser version was bumped in the demo app
            - [ ] Nightly backup completed
            - [ ] Translations were signed off by the language team
            - [ ] Risk assessment completed
            - [ ] Budget decision made
            - [ ] The bundle was uploaded to the mirror
            - [ ] All tickets of the milestone are closed
            - [ ] Integration tests were executed on both databases
            """);

        assertThat(guide.at("handbook").kind()).isEqualTo(LineClass.DOCUMENT);
        assertThat(guide.at("Upgrade").kind()).isEqualTo(LineClass.DOCUMENT);
        assertThat(guide.at("Resellers").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("message").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("Parser").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("backup").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("Translations").kind()).isEqualTo(LineClass.DUTY);
        assertThat(guide.at("Risk").kind()).isEqualTo(LineClass.DUTY);
        assertThat(guide.at("Budget").kind()).isEqualTo(LineClass.DUTY);
        assertThat(guide.at("bundle").kind()).isEqualTo(LineClass.GATE);
        assertThat(guide.at("tickets").kind()).isEqualTo(LineClass.GATE);
        assertThat(guide.at("Integration").kind()).isEqualTo(LineClass.GATE);
    }

    @Test
    void a_word_that_is_a_noun_as_often_is_one_where_something_is_said_of_it() {
        Lines guide = Lines.of("""
            ## After
            - [ ] Release figures collected (hours, faults)
            - [ ] Change risk analysis finished
            - [ ] Test lead: everything was tried
            - [ ] QA the installer on a clean laptop
            - [ ] re-sync the mirrors
            - Release name/number: ____
            """);

        assertThat(guide.at("figures").kind()).isEqualTo(LineClass.DUTY);
        assertThat(guide.at("Change").kind()).isEqualTo(LineClass.DUTY);
        assertThat(guide.at("Test lead").kind()).isEqualTo(LineClass.DUTY);
        assertThat(guide.at("QA").kind()).isEqualTo(LineClass.DUTY);
        assertThat(guide.at("re-sync").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("Release name").kind()).isEqualTo(LineClass.VALUE);
    }

    @Test
    void where_one_request_only_leads_to_another_that_one_counts() {
        Lines guide = Lines.of("""
            ## Steps
            1. Go to the package index and wait for the wheel to appear
            1. Open the settings and switch the channel
            1. Select three mends and verify them on the oldest server
            1. Run the converter and verify that the build succeeds
            1. The list has grown a lot, so you must also update the handbook
            1. If it is a big one (2.0) check that no blocking issues are open, and name them here
            1. Let the soak run go on for a day
            1. Ping #shipping again
            1. Leave the title blank
            1. Kick off the long test suite
            1. Pick the branch of the series
            """);

        assertThat(guide.at("package index").kind()).isEqualTo(LineClass.DUTY);
        assertThat(guide.at("package index").reason()).contains("it waits on others");
        assertThat(guide.at("settings").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("three mends").kind()).isIn(LineClass.DUTY, LineClass.GATE);
        assertThat(guide.at("converter").kind()).isEqualTo(LineClass.GATE);
        assertThat(guide.at("handbook").kind()).isEqualTo(LineClass.DOCUMENT);
        assertThat(guide.at("blocking").kind()).isEqualTo(LineClass.GATE);
        assertThat(guide.at("soak").kind()).isEqualTo(LineClass.GATE);
        assertThat(guide.at("#shipping").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("title").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("suite").kind()).isEqualTo(LineClass.GATE);
        assertThat(guide.at("series").kind()).isEqualTo(LineClass.ACTION);
    }

    @Test
    void below_a_heading_that_says_so_somebody_tries_it_by_hand() {
        Lines guide = Lines.of("""
            ## Test the installers manually
            ### On the old laptop
            - [ ] Download the installer
            - [ ] Open an account
            - [ ] Run the first lesson
            ## Publishing
            - [ ] Run the uploader
            """);

        assertThat(guide.at("Download").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("account").kind()).isEqualTo(LineClass.DUTY);
        assertThat(guide.at("lesson").kind()).isEqualTo(LineClass.DUTY);
        assertThat(guide.at("uploader").kind()).isEqualTo(LineClass.ACTION);
    }

    @Test
    void a_site_is_a_text_and_a_host_is_no_workplace() {
        Lines guide = Lines.of("""
            ## Site and servers
            - [ ] Add the series to the list on the downloads page
            - [ ] Update the start page and its feed
            - [ ] Create a post on the project's journal
            - [ ] Add the bundle to the release page
            - [ ] Install the newest parser on the build server
            - [ ] Remind contributors of the freeze
            - [ ] Block commits to the old branch
            - [ ] Follow up on what was handed in
            - [ ] Make one last check that nothing odd is left
            - [ ] Write access to the mirror
            - [ ] Verify that obsolete migrations are gone
            - [ ] Confirm that the mirror is pointed at the new folder
            - [ ] `parser.install()` sanity check
            """);

        assertThat(guide.at("downloads page").kind()).isEqualTo(LineClass.DOCUMENT);
        assertThat(guide.at("start page").kind()).isEqualTo(LineClass.DOCUMENT);
        assertThat(guide.at("journal").kind()).isEqualTo(LineClass.DOCUMENT);
        assertThat(guide.at("release page").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("build server").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("Remind").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("Block").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("Follow up").kind()).isEqualTo(LineClass.DUTY);
        assertThat(guide.at("last check").kind()).isEqualTo(LineClass.DUTY);
        assertThat(guide.at("Write access").kind()).isEqualTo(LineClass.DUTY);
        assertThat(guide.at("obsolete").kind()).isEqualTo(LineClass.GATE);
        assertThat(guide.at("pointed").kind()).isEqualTo(LineClass.GATE);
        assertThat(guide.at("sanity check").kind()).isEqualTo(LineClass.GATE);
    }

    @Test
    void a_file_in_front_says_where_and_what_is_left_out_is_no_step() {
        Lines guide = Lines.of("""
            ## Files
            - `lib/number.py`: Update the version
            - `docs/systems.md`: Update what is supported
            - `mirror` repo: bump the number and confirm that the pipeline passes
            - [ ] Parser merge request merged (a maintainer has to look at it)
            - [ ] `tools/look --all` reports no gaps
            - [ ] Run `./all-tests.sh`
            - [ ] Run `./tests.sh` to update the list of faults
            - [ ] Support table on the wiki page updated
            - [ ] Library release
            - [ ] Validate which series get the mend
            - [ ] Communicate in the forum

            Won't do:
            - Create a plan for other languages
            """);

        assertThat(guide.at("number.py").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("systems.md").kind()).isEqualTo(LineClass.DOCUMENT);
        assertThat(guide.at("bump the number").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("merge request").kind()).isEqualTo(LineClass.GATE);
        assertThat(guide.at("tools/look").kind()).isEqualTo(LineClass.GATE);
        assertThat(guide.at("all-tests").kind()).isEqualTo(LineClass.GATE);
        assertThat(guide.at("list of faults").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("Support table").kind()).isEqualTo(LineClass.DOCUMENT);
        assertThat(guide.at("Library").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("which series").kind()).isEqualTo(LineClass.DUTY);
        assertThat(guide.at("forum").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("other languages").step()).isFalse();
    }

    @Test
    void what_is_entered_into_fields_and_what_a_command_does_is_no_step() {
        Lines guide = Lines.of("""
            ## Steps
            - **By script**: `tool prepare --next`
              - Rotates the table of owners
              - Upgrades the parser to the newest one
            - Start the pipeline, and enter the following:
              - Use number from: the list
              - Series - Pick the newest one
            - Update `CHANGES.md` to include:
              - A list of mends, for which you select what users see
            - Check for urgent work in:
              - [our board](https://example.test/board)
            - Finish up:
              - Close the issue
            """);

        assertThat(guide.steps())
                .containsExactly(
                        "By script: `tool prepare --next`",
                        "Start the pipeline, and enter the following:",
                        "Update `CHANGES.md` to include:",
                        "Check for urgent work in:",
                        "Close the issue");
        assertThat(guide.at("number from").kind()).isEqualTo(LineClass.VALUE);
    }

    @Test
    void under_a_heading_that_only_names_it_the_prose_asks() {
        Lines guide = Lines.of("""
            # Shipping
            ## Steps
            1. Push the tag
            ## Announcement
            Post the news in the forum, with a picture.
            ## Nightly builds
            Every night the branch is built and uploaded automatically.
            ## Deployment
            See the handbook of the registry.
            """);

        assertThat(guide.steps()).containsExactly("Push the tag", "Announcement");
        assertThat(guide.at("Announcement").kind()).isEqualTo(LineClass.ACTION);
    }

    @Test
    void a_field_of_a_form_that_comes_with_a_checklist_is_read_as_one() {
        Lines form = Lines.form("""
            name: Release
            body:
              - type: textarea
                attributes:
                  label: To do
                  value: |
                    ### Before
                    - [ ] Verify that CI is green
                    - [ ] Push the tag
              - type: textarea
                attributes:
                  label: What is new
                  value: |
                    - what?
            """);

        assertThat(form.steps()).containsExactly("Verify that CI is green", "Push the tag");
        assertThat(form.at("Push").line().source().line()).isEqualTo(9);
        assertThat(form.at("Push").line().headings()).containsExactly("Before");
        assertThat(form.at("What is new").kind()).isEqualTo(LineClass.VALUE);
    }

    @Test
    void a_folder_is_no_text_and_before_the_release_nothing_has_arrived() {
        Lines guide = Lines.of("""
            ## Checks
            - [ ] Ensure that `docs/conf/settings.toml` has the correct version
            - [ ] Check for odd things that ought to be cleared up before the release
            - [ ] Check whether all issues labelled `must` are fixed
            - [ ] Support coverage was agreed for the weekend
            """);

        assertThat(guide.at("settings.toml").kind()).isEqualTo(LineClass.GATE);
        assertThat(guide.at("odd things").kind()).isEqualTo(LineClass.DUTY);
        assertThat(guide.at("labelled").kind()).isEqualTo(LineClass.GATE);
        assertThat(guide.at("coverage").kind()).isEqualTo(LineClass.DUTY);
    }

    /** However it is said: as what somebody does, as what then happens, as a noun, or as a part of the text above it. */
    @Test
    void the_same_request_in_other_words_is_of_the_same_class() {
        Lines guide = Lines.of("""
            ## Steps
            - [ ] Once the testers agree, the build is pushed to the second ring
            - [ ] Shipping management (room 4) officially tags the build
            - [ ] In `core/limits` change the ceiling from 4 to 5
            - [ ] Update of the year in the header
            - [ ] `LIMIT_YEAR` is this year
            - [ ] Execute the upgrade of the ring and verify its stability
            - [ ] Run the nightly workflow, and make sure the right check is set
            - [ ] Reserve a number at the library
            - [ ] Take one last look
            - [ ] Make announcements in the forum
            - [ ] Check the box of the old build and press Close
            - [ ] Ring deployed to the second floor
            - [ ] Branch merged back to the trunk
            - [ ] Create a new user and look around
            - [ ] Check the ring for new crashes. File issues and triage.
            - [ ] Mention in the chat that we begin
            - [ ] Correct the day in NEWS
            - [ ] `README.md`:
              - [ ] Set the day of the release
              - [ ] Added: new commands
            ## Verify the run
            - [ ] Creation and upload of the archive
            """);

        assertThat(List.of(
                        "second ring", "officially tags", "core/limits", "year in the header", "upgrade of the ring"))
                .allSatisfy(part -> assertThat(guide.at(part).kind()).as(part).isEqualTo(LineClass.ACTION));
        assertThat(List.of("Reserve", "announcements", "box of the old", "Mention", "Ring deployed", "merged back"))
                .allSatisfy(part -> assertThat(guide.at(part).kind()).as(part).isEqualTo(LineClass.ACTION));
        assertThat(guide.at("nightly workflow").kind()).isEqualTo(LineClass.ACTION);
        assertThat(guide.at("LIMIT_YEAR").kind()).isEqualTo(LineClass.GATE);
        assertThat(guide.at("archive").kind()).isEqualTo(LineClass.GATE);
        assertThat(guide.at("new user").kind()).isEqualTo(LineClass.DUTY);
        assertThat(guide.at("one last look").kind()).isEqualTo(LineClass.DUTY);
        assertThat(guide.at("new crashes").kind()).isEqualTo(LineClass.DUTY);
        assertThat(List.of("NEWS", "README.md", "Set the day", "Added"))
                .allSatisfy(part -> assertThat(guide.at(part).kind()).as(part).isEqualTo(LineClass.DOCUMENT));
    }
}
