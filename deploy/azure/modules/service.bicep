// One service as a Container App: its identity, its secrets as files, its schema applied first, as many instances as its queues want.
param location string
param tags object

@description('The service, spelled like its image and its queue.')
param name string

param environmentId string
param identityId string
param identityClientId string
param registryServer string
param imageTag string

@allowed(['none', 'internal', 'external'])
param ingress string

@description('Whether the service keeps something, and its schema has to be applied first.')
param migrates bool

@description('Environment variables by name.')
param settings object

@description('Keys (with __ for :) whose values are in the vault.')
param secretKeys array

param vaultUri string
param serviceBusNamespace string

@description('For each queue the number of messages that wants an instance more, as text.')
param queues object

param minReplicas int
param maxReplicas int

var image = '${registryServer}/in-store-orders/${name}:${imageTag}'

var environmentVariables = concat(
  map(items(settings), setting => { name: setting.key, value: setting.value }),
  // Which of the identities of this app: there is only one, and it has to be named.
  [{ name: 'AZURE_CLIENT_ID', value: identityClientId }]
)

// Files, never environment variables.
var mounts = [
  { volumeName: 'tmp', mountPath: '/tmp' }
  { volumeName: 'secrets', mountPath: '/run/secrets' }
]

var migration = {
  name: 'migrate'
  image: image
  command: ['/app/service', 'migrate']
  env: environmentVariables
  resources: {
    cpu: json('0.25')
    memory: '0.5Gi'
  }
  volumeMounts: mounts
}

resource app 'Microsoft.App/containerApps@2025-01-01' = {
  name: name
  location: location
  tags: tags
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    environmentId: environmentId
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single'
      ingress: ingress == 'none' ? null : {
        external: ingress == 'external'
        targetPort: 8080
        transport: 'auto'
        allowInsecure: false
      }
      registries: [
        {
          server: registryServer
          identity: identityId
        }
      ]
      secrets: map(secretKeys, key => {
        name: toLower(replace(key, '__', '-'))
        keyVaultUrl: '${vaultUri}secrets/${name}--${replace(key, '__', '--')}'
        identity: identityId
      })
    }
    template: {
      // More than the 25 s in which a service ends by itself.
      terminationGracePeriodSeconds: 45
      initContainers: migrates ? [migration] : []
      containers: [
        {
          name: name
          image: image
          env: environmentVariables
          resources: {
            cpu: json('0.5')
            memory: '1Gi'
          }
          probes: [
            {
              type: 'Startup'
              httpGet: { path: '/health/live', port: 8080 }
              periodSeconds: 5
              failureThreshold: 10
            }
            {
              type: 'Liveness'
              httpGet: { path: '/health/live', port: 8080 }
              periodSeconds: 10
              timeoutSeconds: 5
              failureThreshold: 6
            }
            {
              type: 'Readiness'
              httpGet: { path: '/health/ready', port: 8080 }
              periodSeconds: 5
              timeoutSeconds: 5
              failureThreshold: 3
            }
          ]
          volumeMounts: mounts
        }
      ]
      volumes: [
        {
          name: 'tmp'
          storageType: 'EmptyDir'
        }
        {
          name: 'secrets'
          storageType: 'Secret'
          secrets: map(secretKeys, key => { secretRef: toLower(replace(key, '__', '-')), path: key })
        }
      ]
      scale: {
        minReplicas: minReplicas
        maxReplicas: maxReplicas
        rules: map(items(queues), queue => {
          name: queue.key
          custom: {
            type: 'azure-servicebus'
            identity: identityId
            metadata: {
              namespace: serviceBusNamespace
              queueName: queue.key
              messageCount: queue.value
            }
          }
        })
      }
    }
  }
}

output appName string = app.name
