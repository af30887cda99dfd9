//! Links the kernel into the application: in a unikernel they are one file.
fn main() {
    let kernel = std::env::var("HERMIT_KERNEL").expect("./build says where libhermit.a is");
    println!("cargo:rustc-link-search=native={kernel}");
    println!("cargo:rustc-link-lib=static=hermit");
    println!("cargo:rerun-if-env-changed=HERMIT_KERNEL");
}
