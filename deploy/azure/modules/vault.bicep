// The services' secrets: put there by whoever looks after them, read by the services' identities. Nothing secret passes through a deployment.
param location string
param prefix string
param tags object
param production bool
param readerPrincipalIds array

// Key Vault Secrets User
var secretsUser = subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4633458b-17de-408a-b874-0445c86b69e6')

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  // 24 characters at most.
  name: take('${prefix}-${uniqueString(resourceGroup().id)}', 24)
  location: location
  tags: tags
  properties: {
    tenantId: subscription().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: production ? 90 : 7
    // Cannot be set to false, only left out.
    enablePurgeProtection: production ? true : null
  }
}

resource readers 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for principalId in readerPrincipalIds: {
    name: guid(vault.id, principalId, secretsUser)
    scope: vault
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: secretsUser
    }
  }
]

output vaultName string = vault.name
output vaultUri string = vault.properties.vaultUri
