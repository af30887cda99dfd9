# The front door. Every target delegates to a script that can be run, and read, on its own.
# The cluster of the demo and the tests, even while $KUBECONFIG names it or another one.
CLUSTER := env -u KUBECONFIG e2e/cluster-for-this-machine
COMPILED := [ -f e2e/target/classpath ] || build/mvn --quiet -pl e2e -am package -DskipTests

.DEFAULT_GOAL := help
.PHONY: help packages demo test images cluster-up cluster-down bench chaos fmt clean

help: ## show this
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

packages: ## install the missing Debian packages (root)
	@build/debian-packages

demo: packages ## a cluster, Skete on it and guests that serve; 10 to 16 minutes the first time
	e2e/demo

test: packages ## everything: unit, integration, chart and end-to-end tests; 22 to 31 minutes, 26 to 38 the first time (root)
	@e2e/cluster/ahead
	build/mvn --threads 2 verify

images: packages ## build every container image into target/images (root); a few minutes the first time
	build/mvn --quiet -DskipTests -Dspotless.check.skip package
	build/images

cluster-up: packages ## start a real Kubernetes, K3s where Docker runs; 5 to 9 minutes the first time, then 10 seconds (root)
	@$(COMPILED)
	$(CLUSTER) up

cluster-down: ## stop it and leave nothing behind (root)
	@$(COMPILED)
	$(CLUSTER) down

bench: packages ## compare guests with plain containers; about twenty minutes (root)
	e2e/bench

chaos: packages ## break things at random and check that nothing is lost; SEED=N repeats a walk, FAULTS=N ends it (root)
	e2e/chaos

fmt: ## format the Java sources
	build/mvn --quiet spotless:apply

clean: ## remove what builds made here; caches in ~/.cache/skete stay
	build/mvn --quiet clean
	rm -rf target
