# All images, for this machine:     docker buildx bake --file deploy/docker-bake.hcl
# A release, for both processors, with SBOM and provenance, to a registry (docs/operations.md):
#   REGISTRY=registry.example/in-store-orders VERSION=1.4.0 docker buildx bake --file deploy/docker-bake.hcl release --push

variable "REGISTRY" { default = "in-store-orders" }
variable "VERSION" { default = "latest" }
variable "SDK_IMAGE" { default = "mcr.microsoft.com/dotnet/sdk:10.0" }
variable "RUNTIME_IMAGE" { default = "mcr.microsoft.com/dotnet/aspnet:10.0" }
# true needs packages that are not on every feed.
variable "AZURE_SERVICE_BUS" { default = "false" }

variable "SERVICES" { default = ["OrderIngest", "CustomerResolution", "ProfileStoreSender", "OrderJourney", "EmailMarketing"] }
# For trials: they are not released.
variable "STAND_INS" { default = ["LoyaltyProviderStandIn", "ProfileStoreStandIn", "OdpStandIn"] }

function "spelled" {
  params = [service]
  result = lower(regex_replace(service, "([a-z])([A-Z])", "$1-$2"))
}

group "default" { targets = ["images"] }
group "release" { targets = ["released"] }

target "recipe" {
  context    = "."
  dockerfile = "deploy/Dockerfile"
  args = {
    SDK_IMAGE         = SDK_IMAGE
    RUNTIME_IMAGE     = RUNTIME_IMAGE
    AZURE_SERVICE_BUS = AZURE_SERVICE_BUS
  }
}

target "images" {
  inherits = ["recipe"]
  name     = spelled(service)
  matrix   = { service = concat(SERVICES, STAND_INS) }
  args     = { SERVICE = service }
  tags     = ["${REGISTRY}/${spelled(service)}:${VERSION}"]
}

target "released" {
  inherits  = ["recipe"]
  name      = "${spelled(service)}-released"
  matrix    = { service = SERVICES }
  args      = { SERVICE = service }
  tags      = ["${REGISTRY}/${spelled(service)}:${VERSION}"]
  platforms = ["linux/amd64", "linux/arm64"]
  attest    = ["type=sbom", "type=provenance,mode=max"]
}
