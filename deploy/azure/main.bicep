// The system on Azure: Service Bus, Container Apps with a managed identity each, PostgreSQL, Key Vault, Log Analytics, in one resource group.
//   az deployment group create -g GROUP -f deploy/azure/main.bicep -p deploy/azure/dev.bicepparam
// In two steps: first with deployServices=false, then the secrets into the vault, then with true (docs/operations.md#azure).
targetScope = 'resourceGroup'

@description('Where everything runs.')
param location string = resourceGroup().location

@description('Beginning of all names: lower case, digits and hyphens, 3 to 12 characters.')
@minLength(3)
@maxLength(12)
param prefix string

@description('True: Service Bus Premium, a database in two zones, more instances, nothing deleted for good by accident.')
param production bool

@description('False: all but the services, so that their secrets can be put into the vault first.')
param deployServices bool

@description('Name of the container registry in this resource group that holds in-store-orders/<service>, built with -p:AzureServiceBus=true.')
param registryName string

@description('Tag of the images to run.')
param imageTag string

@description('Login of the database server\'s administrator.')
param databaseAdministrator string

@description('Password of the database server\'s administrator.')
@secure()
param databaseAdministratorPassword string

@description('Settings that are no secrets, by service and key, besides those set here.')
param settings object

@description('Queues that topology.json does not require and that are wanted: email-marketing, and those of destinations that are switched on.')
param optionalQueues array

@description('Where traces and metrics go over OTLP; empty = nowhere.')
param otlpEndpoint string

@description('Id of the action group that is told of alerts; empty = nobody, they only show in the portal.')
param actionGroupId string

// The only copy of topics, subscriptions and queues.
var topology = loadJsonContent('../topology.json')

var tags = { system: 'in-store-orders' }

// queues: an instance more for so many messages. secrets: keys whose values are in the vault, under <service>--<key with -- for :>. ingress: none, internal
// or external. maxReplicas: why several may run at once stands in ../kubernetes/base/<service>.yaml; the pace of a destination or provider is each instance's own.
var services = [
  {
    name: 'order-ingest'
    ingress: 'external'
    migrates: true
    queues: { 'erp-orders': '500' }
    secrets: ['Database__ConnectionString', 'Access__ApiKeyHashes__0', 'OrderIngest__OperatorKeyHashes__0', 'OrderIngest__Journeys__ApiKey', 'OrderIngest__Sources__tills__ApiKeyHash']
    maxReplicas: 6
  }
  {
    name: 'customer-resolution'
    ingress: 'external'
    migrates: false
    queues: { 'customer-resolution': '500', 'customer-resolution-replays': '2000' }
    secrets: ['Access__ApiKeyHashes__0', 'Loyalty__ApiKey']
    maxReplicas: 6
  }
  {
    name: 'profile-store-sender'
    ingress: 'internal'
    migrates: true
    queues: { 'profile-store-sender': '500' }
    secrets: ['Database__ConnectionString', 'Access__ApiKeyHashes__0', 'Access__ErasureKeyHashes__0', 'ProfileStore__SubscriptionKey', 'ProfileStore__QueryKey']
    maxReplicas: 4
  }
  {
    name: 'order-journey'
    ingress: 'internal'
    migrates: true
    queues: { 'order-journey': '2000' }
    secrets: ['Database__ConnectionString', 'Access__ApiKeyHashes__0', 'Access__ErasureKeyHashes__0']
    maxReplicas: 4
  }
  {
    name: 'email-marketing'
    ingress: 'internal'
    migrates: true
    queues: { 'email-marketing': '2000' }
    secrets: ['Database__ConnectionString', 'Access__ApiKeyHashes__0', 'Access__ErasureKeyHashes__0']
    maxReplicas: 3
  }
]

resource identities 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = [
  for service in services: {
    name: '${prefix}-${service.name}'
    location: location
    tags: tags
  }
]

module network 'modules/network.bicep' = {
  name: 'network'
  params: {
    location: location
    prefix: prefix
    tags: tags
  }
}

module serviceBus 'modules/service-bus.bicep' = {
  name: 'service-bus'
  params: {
    location: location
    prefix: prefix
    tags: tags
    premium: production
    topology: topology
    optionalQueues: optionalQueues
    ownerPrincipalIds: [for (service, i) in services: identities[i].properties.principalId]
  }
}

module database 'modules/database.bicep' = {
  name: 'database'
  params: {
    location: location
    prefix: prefix
    tags: tags
    production: production
    subnetId: network.outputs.databaseSubnetId
    privateDnsZoneId: network.outputs.databaseDnsZoneId
    administrator: databaseAdministrator
    administratorPassword: databaseAdministratorPassword
    databaseNames: ['order_ingest', 'profile_store_sender', 'order_journey', 'email_marketing']
  }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  params: {
    location: location
    prefix: prefix
    tags: tags
    production: production
    readerPrincipalIds: [for (service, i) in services: identities[i].properties.principalId]
  }
}

module registry 'modules/registry-access.bicep' = {
  name: 'registry-access'
  params: {
    registryName: registryName
    pullerPrincipalIds: [for (service, i) in services: identities[i].properties.principalId]
  }
}

module environment 'modules/environment.bicep' = {
  name: 'environment'
  params: {
    location: location
    prefix: prefix
    tags: tags
    production: production
    subnetId: network.outputs.appsSubnetId
  }
}

module apps 'modules/service.bicep' = [
  for (service, i) in services: if (deployServices) {
    name: service.name
    params: {
      location: location
      tags: tags
      name: service.name
      environmentId: environment.outputs.environmentId
      identityId: identities[i].id
      identityClientId: identities[i].properties.clientId
      registryServer: registry.outputs.loginServer
      imageTag: imageTag
      ingress: service.ingress
      migrates: service.migrates
      settings: union(
        {
          ASPNETCORE_ENVIRONMENT: 'Production'
          Bus__Transport: 'AzureServiceBus'
          Bus__ConnectionString: serviceBus.outputs.hostName
          Telemetry__OtlpEndpoint: otlpEndpoint
          OTEL_METRIC_EXPORT_INTERVAL: '15000'
        },
        service.migrates ? { Database__MigrateAtStart: 'false' } : {},
        service.name == 'order-ingest' ? { OrderIngest__Journeys__BaseAddress: 'https://order-journey.internal.${environment.outputs.defaultDomain}' } : {},
        settings[?service.name] ?? {}
      )
      secretKeys: service.secrets
      vaultUri: vault.outputs.vaultUri
      serviceBusNamespace: serviceBus.outputs.namespaceName
      queues: service.queues
      minReplicas: production ? 2 : 1
      maxReplicas: service.maxReplicas
    }
  }
]

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  params: {
    prefix: prefix
    tags: tags
    serviceBusId: serviceBus.outputs.namespaceId
    queueNames: serviceBus.outputs.queueNames
    actionGroupId: actionGroupId
  }
}

@description('For each service its managed identity: what deploy/kubernetes/overlays/azure wants to know.')
output identityClientIds array = [
  for (service, i) in services: {
    service: service.name
    clientId: identities[i].properties.clientId
  }
]

output databaseHost string = database.outputs.host
output vaultName string = vault.outputs.vaultName
output serviceBusHost string = serviceBus.outputs.hostName
