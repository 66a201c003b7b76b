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
import java.util.Optional;
import ru.reklamai.generation.user.CurrentUser;
import ru.reklamai.generation.storage.Storage;
import ru.reklamai.generation.upload.Uploads;

/** How the caller is shown to others, and addressed. */
@Path("/api/v1/profile")
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Consumes(MediaType.APPLICATION_JSON)
public class ProfileResource {

    private final ProfileRepository profiles;
    private final Uploads uploads;
    private final Storage storage;
    private final CurrentUser user;

    ProfileResource(ProfileRepository profiles, Uploads uploads, Storage storage, CurrentUser user) {
        this.profiles = profiles;
        this.uploads = uploads;
        this.storage = storage;
        this.user = user;
    }

    /** @param avatarUrl works for an hour */
    public record ProfileView(String email, String fullName, String language, String avatarUrl) {}

    /**
     * What is left out stays as it is.
     *
     * @param avatarPath of an upload with the purpose avatar; empty to have none
     */
    public record ProfileChange(
            @Size(max = 200) String fullName,
            @Pattern(regexp = "ru|en") String language,
            @Size(max = 300) String avatarPath) {}

    @GET
    @RunOnVirtualThread
    public ProfileView profile() {
        user.ensureProvisioned();
        return toView(profiles.find(user.id()).orElseThrow(CurrentUser::gone));
    }

    @PATCH
    @RunOnVirtualThread
    public ProfileView change(@NotNull @Valid ProfileChange change) {
        user.ensureProvisioned();
        Optional<String> avatar = Optional.ofNullable(change.avatarPath());
        avatar.filter(path -> !path.isEmpty()).ifPresent(path -> uploads.use(user.id(), "avatarPath", path, "avatar"));
        return toView(profiles.update(
                        user.id(),
                        Optional.ofNullable(change.fullName()).map(String::strip),
                        Optional.ofNullable(change.language()),
                        avatar)
                .orElseThrow(CurrentUser::gone));
    }

    private ProfileView toView(ProfileRepository.Profile profile) {
        return new ProfileView(
                profile.email(),
                profile.fullName(),
                profile.language(),
                profile.avatarPath()
                        .map(path -> storage.link(Storage.Bucket.UPLOADS, path).url())
                        .orElse(null));
    }
}
