package ru.reklamai.generation.user;

import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import ru.reklamai.generation.storage.Storage;
import ru.reklamai.kit.problem.Problems;

/** How the caller is shown to others, and addressed. */
@Path("/api/v1/profile")
@Tag(name = "profile")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Consumes(MediaType.APPLICATION_JSON)
public class ProfileResource {

    private final ProfileRepository profiles;
    private final AvatarFiles avatars;
    private final Storage storage;
    private final CurrentUser user;

    ProfileResource(ProfileRepository profiles, AvatarFiles avatars, Storage storage, CurrentUser user) {
        this.profiles = profiles;
        this.avatars = avatars;
        this.storage = storage;
        this.user = user;
    }

    /** @param avatarUrl works for an hour */
    public record ProfileView(
            @Schema(examples = "anna@example.org") String email,
            @Schema(examples = "Anna") String fullName,
            @Schema(enumeration = {"ru", "en"}) String language,

            @Schema(nullable = true, examples = "https://s3.example.org/uploads/a.png?X-Amz-Expires=3600")
            String avatarUrl) {}

    /**
     * What is left out stays as it is.
     *
     * @param avatarPath of an upload with the purpose avatar; empty to have none
     */
    public record ProfileChange(
            @Size(max = 200) @Schema(examples = "Anna") String fullName,
            @Pattern(regexp = "ru|en") String language,

            @Size(max = 300) @Schema(examples = "0197f0a0-…/avatar/0197f0a2-….png")
            String avatarPath) {}

    @GET
    @Operation(operationId = "getProfile", summary = "How the caller is shown to others")
    @RunOnVirtualThread
    public ProfileView profile() {
        user.ensureProvisioned();
        return toView(profiles.find(user.id()).orElseThrow(AccountGoneException::new));
    }

    @PATCH
    @Operation(
            operationId = "changeProfile",
            summary = "Change name, language or avatar",
            description = "What is left out stays as it is; an empty avatarPath takes the avatar away.")
    @RunOnVirtualThread
    public ProfileView change(@NotNull @Valid ProfileChange change) {
        user.ensureProvisioned();
        Optional<String> avatar = Optional.ofNullable(change.avatarPath());
        avatar.filter(path -> !path.isEmpty())
                .flatMap(path -> avatars.use(user.id(), path))
                .ifPresent(violation -> {
                    throw Problems.invalidFields(Map.of("avatarPath", violation));
                });
        return toView(profiles.update(
                        user.id(),
                        Optional.ofNullable(change.fullName()).map(String::strip),
                        Optional.ofNullable(change.language()),
                        avatar)
                .orElseThrow(AccountGoneException::new));
    }

    private ProfileView toView(Profile profile) {
        return new ProfileView(
                profile.email(),
                profile.fullName(),
                profile.language(),
                profile.avatarPath()
                        .map(path -> storage.link(Storage.Bucket.UPLOADS, path).url())
                        .orElse(null));
    }
}
