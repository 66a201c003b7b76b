package ru.reklamai.generation.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import ru.reklamai.conventions.TestKeys;
import ru.reklamai.generation.TestCaller;

@QuarkusTest
@QuarkusTestResource(TestKeys.class)
class BoardTest {

    private TestCaller creator;
    private UUID board;

    @BeforeEach
    void makeBoard() {
        creator = TestCaller.user();
        board = creator.newBoard("Spring campaign");
    }

    /** Every role with every action: what it answers is what the role may. */
    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "stranger, see, 404",
        "stranger, feed, 404",
        "stranger, members, 404",
        "stranger, pin, 404",
        "stranger, generate, 404",
        "stranger, move, 404",
        "stranger, rename, 404",
        "stranger, delete, 404",
        "stranger, add-member, 404",
        "stranger, change-role, 404",
        "stranger, remove-member, 404",
        "stranger, see-generation, 404",
        "stranger, download, 404",
        "stranger, cancel, 404",
        "stranger, delete-generation, 404",
        "stranger, favourite, 404",
        "stranger, share, 404",
        "viewer, see, 200",
        "viewer, feed, 200",
        "viewer, members, 200",
        "viewer, pin, 200",
        "viewer, generate, 403",
        "viewer, move, 403",
        "viewer, rename, 403",
        "viewer, delete, 403",
        "viewer, add-member, 403",
        "viewer, change-role, 403",
        "viewer, remove-member, 403",
        "viewer, see-generation, 200",
        "viewer, download, 409",
        "viewer, cancel, 403",
        "viewer, delete-generation, 403",
        "viewer, favourite, 403",
        "viewer, share, 403",
        "editor, see, 200",
        "editor, feed, 200",
        "editor, members, 200",
        "editor, pin, 200",
        "editor, generate, 202",
        "editor, move, 200",
        "editor, rename, 403",
        "editor, delete, 403",
        "editor, add-member, 403",
        "editor, change-role, 403",
        "editor, remove-member, 403",
        "editor, see-generation, 200",
        "editor, download, 409",
        "editor, cancel, 403",
        "editor, delete-generation, 403",
        "editor, favourite, 403",
        "editor, share, 403",
        "owner, see, 200",
        "owner, feed, 200",
        "owner, members, 200",
        "owner, pin, 200",
        "owner, generate, 202",
        "owner, move, 200",
        "owner, rename, 200",
        "owner, delete, 204",
        "owner, add-member, 201",
        "owner, change-role, 200",
        "owner, remove-member, 204",
        "owner, see-generation, 200",
        "owner, download, 409",
        "owner, cancel, 403",
        "owner, delete-generation, 403",
        "owner, favourite, 403",
        "owner, share, 403",
    })
    void eachRoleMayDoWhatItMay(String role, String action, int status) {
        TestCaller caller = TestCaller.user();
        if (!role.equals("stranger")) {
            add(caller, role);
        }
        act(caller, action).statusCode(status);
    }

    private ValidatableResponse act(TestCaller caller, String action) {
        String path = "boards/" + board;
        return switch (action) {
            case "see" -> caller.get(path);
            case "feed" -> caller.get(path + "/generations");
            case "members" -> caller.get(path + "/members");
            case "pin" -> caller.put(path + "/pin");
            case "generate" -> caller.order("a cup", "boardId", board);
            case "move" ->
                caller.post(path + "/generations", Map.of("generationIds", List.of(caller.newGeneration("a cup"))));
            case "rename" -> caller.patch(path, Map.of("title", "Autumn"));
            case "delete" -> caller.delete(path);
            case "add-member" ->
                caller.post(path + "/members", Map.of("email", TestCaller.user().email(), "role", "viewer"));
            case "change-role" -> caller.put(path + "/members/" + otherMember(), Map.of("role", "editor"));
            case "remove-member" -> caller.delete(path + "/members/" + otherMember());
            default -> actOnGeneration(caller, action, creator.newGeneration("a cup", "boardId", board));
        };
    }

    private static ValidatableResponse actOnGeneration(TestCaller caller, String action, UUID generation) {
        String path = "generations/" + generation;
        return switch (action) {
            case "see-generation" -> caller.get(path);
            case "download" -> caller.post("download", Map.of("generationId", generation));
            case "cancel" -> caller.post(path + "/cancel", Map.of());
            case "delete-generation" -> caller.delete(path);
            case "favourite" -> caller.put(path + "/favourite");
            case "share" -> caller.put(path + "/share");
            default -> throw new IllegalArgumentException(action);
        };
    }

    @Test
    void aBoardIsMadeRenamedAndListed() {
        creator.patch("boards/" + board, Map.of("title", "Summer")).body("title", equalTo("Summer"));
        creator.get("boards")
                .body("items.title", hasItem("Summer"))
                .body("items.title", hasItem("My Board"))
                .body("items.find { it.title == 'Summer' }.role", equalTo("owner"));
    }

    @Test
    void aPinIsTheMembersOwnAndComesFirst() {
        TestCaller viewer = TestCaller.user();
        add(viewer, "viewer");
        viewer.put("boards/" + board + "/pin").body("pinned", equalTo(true));
        viewer.get("boards").body("items[0].id", equalTo(board.toString()));
        creator.get("boards/" + board).body("pinned", equalTo(false));
        viewer.delete("boards/" + board + "/pin").body("pinned", equalTo(false));
    }

    @Test
    void theFeedShowsWhatAllMembersBrought() {
        TestCaller editor = TestCaller.user();
        add(editor, "editor");
        UUID theirs = editor.newGeneration("a plate", "boardId", board);
        UUID ours = creator.newGeneration("a cup", "boardId", board);
        creator.get("boards/" + board + "/generations")
                .body("items.id", equalTo(List.of(ours.toString(), theirs.toString())))
                .body("items[1].userId", equalTo(editor.id().toString()));
        creator.get("boards/" + board + "/generations?q=PLATE").body("items.id", equalTo(List.of(theirs.toString())));
    }

    @Test
    void whatIsOnADeletedBoardGoesToItsCreatorsOwnBoards() {
        TestCaller editor = TestCaller.user();
        add(editor, "editor");
        UUID theirs = editor.newGeneration("a plate", "boardId", board);
        creator.delete("boards/" + board).statusCode(204);
        String home = editor.get("boards").extract().path("items.find { it.isDefault }.id");
        editor.get("generations/" + theirs).statusCode(200).body("boardId", equalTo(home));
        creator.get("boards/" + board).statusCode(404);
    }

    @Test
    void anOrderAndADeletionAtTheSameMomentBothEndWell() {
        for (int i = 0; i < 10; i++) {
            UUID doomed = creator.newBoard("Doomed");
            var order = CompletableFuture.supplyAsync(
                    () -> creator.order("a cup", "boardId", doomed).extract().statusCode());
            var deletion = CompletableFuture.supplyAsync(
                    () -> creator.delete("boards/" + doomed).extract().statusCode());
            assertThat(order.join()).isIn(202, 404);
            assertThat(deletion.join()).isEqualTo(204);
            creator.get("boards/" + doomed).statusCode(404);
        }
    }

    @Test
    void aDefaultBoardCantBeDeleted() {
        String home = creator.get("boards").extract().path("items.find { it.isDefault }.id");
        creator.delete("boards/" + home).statusCode(409);
    }

    @Test
    void generationsAreMovedAllOrNone() {
        UUID own = creator.newGeneration("a cup");
        UUID strange = TestCaller.user().newGeneration("a cup");
        creator.post("boards/" + board + "/generations", Map.of("generationIds", List.of(own, strange)))
                .statusCode(404);
        creator.get("generations/" + own).body("boardId", not(equalTo(board.toString())));
        creator.post("boards/" + board + "/generations", Map.of("generationIds", List.of(own)))
                .statusCode(200)
                .body("moved", equalTo(1));
        creator.get("generations/" + own).body("boardId", equalTo(board.toString()));
    }

    @Test
    void membersAreAddedByTheirAddressOnce() {
        TestCaller other = TestCaller.user();
        add(other, "viewer");
        creator.post("boards/" + board + "/members", Map.of("email", other.email(), "role", "editor"))
                .statusCode(409);
        creator.post("boards/" + board + "/members", Map.of("email", "nobody@example.org", "role", "editor"))
                .statusCode(422)
                .body("violations.field", hasItem("email"));
        creator.get("boards/" + board + "/members")
                .body("items", hasSize(2))
                .body("items[0].creator", equalTo(true))
                .body("items[1].email", equalTo(other.email()));
    }

    @Test
    void whoeverMadeTheBoardStaysItsOwner() {
        TestCaller owner = TestCaller.user();
        add(owner, "owner");
        owner.delete("boards/" + board + "/members/" + creator.id()).statusCode(409);
        owner.put("boards/" + board + "/members/" + creator.id(), Map.of("role", "viewer"))
                .statusCode(409);
        creator.delete("boards/" + board + "/members/" + creator.id()).statusCode(409);
    }

    @Test
    void aMemberMayLeaveAndSeesNoMoreOfIt() {
        TestCaller viewer = TestCaller.user();
        add(viewer, "viewer");
        UUID generation = creator.newGeneration("a cup", "boardId", board);
        viewer.get("generations/" + generation).statusCode(200);
        viewer.delete("boards/" + board + "/members/" + viewer.id()).statusCode(204);
        viewer.get("generations/" + generation).statusCode(404);
        viewer.get("boards/" + board).statusCode(404);
    }

    @Test
    void anUnknownMemberIs404() {
        UUID stranger = TestCaller.user().id();
        creator.put("boards/" + board + "/members/" + stranger, Map.of("role", "editor"))
                .statusCode(404);
        creator.delete("boards/" + board + "/members/" + stranger).statusCode(404);
    }

    @Test
    void aTitleMustBeThere() {
        creator.post("boards", Map.of("title", " ")).statusCode(422);
        creator.post("boards", Map.of("title", "x".repeat(201))).statusCode(422);
        assertThat(creator.get("boards").extract().<List<?>>path("items")).hasSize(2);
    }

    private UUID otherMember() {
        TestCaller other = TestCaller.user();
        add(other, "viewer");
        return other.id();
    }

    private void add(TestCaller caller, String role) {
        creator.post("boards/" + board + "/members", Map.of("email", caller.email(), "role", role))
                .statusCode(201)
                .body("role", equalTo(role));
    }
}
