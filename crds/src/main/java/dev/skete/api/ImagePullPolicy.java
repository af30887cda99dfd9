package dev.skete.api;

/** When the kubelet pulls the image. */
public enum ImagePullPolicy {
    Always,
    IfNotPresent,
    Never
}
