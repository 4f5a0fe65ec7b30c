using 'main.bicep'

param prefix = 'orders-prod'
param production = true
param deployServices = true
param registryName = 'instoreordersprod'
param imageTag = readEnvironmentVariable('IMAGE_TAG')
param databaseAdministrator = 'in_store_orders_admin'
param databaseAdministratorPassword = readEnvironmentVariable('DATABASE_ADMINISTRATOR_PASSWORD')
param optionalQueues = ['email-marketing']
param otlpEndpoint = ''
param actionGroupId = ''
param settings = {
  'order-ingest': {
    OrderIngest__Sources__tills__Format: 'json'
    OrderIngest__Sources__tills__TimeZone: 'Europe/Berlin'
    OrderIngest__Sources__tills__Currency: 'EUR'
  }
  'customer-resolution': {
    Loyalty__BaseAddress: 'https://loyalty.example'
    Loyalty__Lookups__0__Path: 'customers?card={card}'
    Loyalty__Lookups__0__HoldersPath: '$.items'
    Loyalty__Lookups__0__EmailPath: '$.email'
    Loyalty__Lookups__0__NamePath: '$.name'
  }
  'profile-store-sender': {
    ProfileStore__BaseAddress: 'https://profile-store.example'
    ProfileStore__QueryBaseAddress: 'https://profile-store-queries.example'
    ProfileStore__Scope: 'default'
  }
  'order-journey': {
    Journey__Destinations__0: 'profile-store'
  }
}
