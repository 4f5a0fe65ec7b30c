// The namespace with everything topology.json declares: a queue per subscriber, a topic per event, and subscriptions that forward to the queue they are
// named after, as MassTransit names them. What is there already, the services leave as it is.
param location string
param prefix string
param tags object

@description('Premium takes messages of 1 MB and more; Standard 256 KB (Bus:MaxMessageBytes).')
param premium bool

@description('deploy/topology.json')
param topology object

@description('Queues that are not required and wanted all the same. One that nobody reads would fill up.')
param optionalQueues array

@description('Who may look after topics and queues: the services do at start.')
param ownerPrincipalIds array

var subscriptions = flatten(map(
  topology.topics,
  topic => map(
    filter(topic.subscriptions, subscription => subscription.required || contains(optionalQueues, subscription.queue)),
    subscription => { topic: topic.name, queue: subscription.queue }
  )
))
var commands = filter(topology.commands, command => (command.?required ?? true) || contains(optionalQueues, command.queue))
var queues = union(
  map(subscriptions, subscription => subscription.queue),
  map(commands, command => command.queue),
  map(topology.inbound, inbound => inbound.queue)
)

// Azure Service Bus Data Owner: MassTransit asks for each topic and queue at start, which takes the right to manage them.
var dataOwner = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '090c5cfd-751d-490a-894a-3ce6f1117419')

resource bus 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: '${prefix}-${uniqueString(resourceGroup().id)}'
  location: location
  tags: tags
  sku: {
    name: premium ? 'Premium' : 'Standard'
    tier: premium ? 'Premium' : 'Standard'
    capacity: premium ? 1 : null
  }
  properties: {
    // Managed identities only.
    disableLocalAuth: true
    minimumTlsVersion: '1.2'
  }
}

resource queue 'Microsoft.ServiceBus/namespaces/queues@2024-01-01' = [
  for name in queues: {
    parent: bus
    name: name
    properties: {
      lockDuration: 'PT5M'
      // Counts crashes only: what fails goes to the service's error queue after its own retries.
      maxDeliveryCount: 1000
      deadLetteringOnMessageExpiration: false
      // On the topic orders alone: a queue that detected duplicates would swallow what is sent to it again.
      requiresDuplicateDetection: false
      enableBatchedOperations: true
      maxSizeInMegabytes: 5120
    }
  }
]

resource topic 'Microsoft.ServiceBus/namespaces/topics@2024-01-01' = [
  for declared in topology.topics: {
    parent: bus
    name: declared.name
    properties: {
      requiresDuplicateDetection: contains(declared, 'duplicateDetectionWindow')
      duplicateDetectionHistoryTimeWindow: declared.?duplicateDetectionWindow ?? 'PT10M'
      enableBatchedOperations: true
      maxSizeInMegabytes: 5120
    }
  }
]

resource forwarding 'Microsoft.ServiceBus/namespaces/topics/subscriptions@2024-01-01' = [
  for subscription in subscriptions: {
    name: '${bus.name}/${subscription.topic}/${subscription.queue}'
    properties: {
      forwardTo: subscription.queue
      // As MassTransit sets them whenever a subscriber starts; nobody receives from a subscription that forwards.
      lockDuration: 'PT1M'
      maxDeliveryCount: 10
      deadLetteringOnMessageExpiration: false
      deadLetteringOnFilterEvaluationExceptions: false
      enableBatchedOperations: true
    }
    dependsOn: [topic, queue]
  }
]

resource owners 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for principalId in ownerPrincipalIds: {
    name: guid(bus.id, principalId, dataOwner)
    scope: bus
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: dataOwner
    }
  }
]

output namespaceId string = bus.id
output namespaceName string = bus.name
output hostName string = '${bus.name}.servicebus.windows.net'
output queueNames array = queues
