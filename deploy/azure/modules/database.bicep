// PostgreSQL with a database for each service that keeps something. A role per database is made afterwards (docs/operations.md#azure): the administrator's
// password is nobody else's.
param location string
param prefix string
param tags object
param production bool
param subnetId string
param privateDnsZoneId string
param administrator string

@secure()
param administratorPassword string

param databaseNames array

resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  name: '${prefix}-${uniqueString(resourceGroup().id)}'
  location: location
  tags: tags
  sku: {
    name: production ? 'Standard_D4ds_v5' : 'Standard_B2s'
    tier: production ? 'GeneralPurpose' : 'Burstable'
  }
  properties: {
    version: '16'
    administratorLogin: administrator
    administratorLoginPassword: administratorPassword
    storage: {
      storageSizeGB: production ? 256 : 32
      autoGrow: 'Enabled'
    }
    backup: {
      backupRetentionDays: production ? 35 : 7
      geoRedundantBackup: 'Disabled'
    }
    highAvailability: {
      mode: production ? 'ZoneRedundant' : 'Disabled'
    }
    network: {
      delegatedSubnetResourceId: subnetId
      privateDnsZoneArmResourceId: privateDnsZoneId
    }
  }
}

resource databases 'Microsoft.DBforPostgreSQL/flexibleServers/databases@2024-08-01' = [
  for name in databaseNames: {
    parent: server
    name: name
    properties: {
      charset: 'UTF8'
      collation: 'en_US.utf8'
    }
  }
]

output host string = server.properties.fullyQualifiedDomainName
