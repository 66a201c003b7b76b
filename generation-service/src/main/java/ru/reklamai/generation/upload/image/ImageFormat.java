package ru.reklamai.generation.upload.image;

/** The formats whose pictures can be cleaned. */
public enum ImageFormat {
    PNG,
    JPEG,
    WEBP
}
