package ru.reklamai.generation.user;

import java.util.Optional;

record Profile(String email, String fullName, String language, Optional<String> avatarPath) {}
