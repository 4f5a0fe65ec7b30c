// What the alert ErrorQueueNotEmpty of deploy/observability says of RabbitMQ: messages in error queues, and dead letters of any queue.
param prefix string
param tags object
param serviceBusId string
param queueNames array
param actionGroupId string

var actions = empty(actionGroupId) ? [] : [{ actionGroupId: actionGroupId }]

resource errorQueues 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: '${prefix}-error-queue-not-empty'
  location: 'global'
  tags: tags
  properties: {
    description: 'Messages lie in an error queue: docs/operations.md#errorqueuenotempty'
    severity: 2
    enabled: true
    scopes: [serviceBusId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'waiting'
          metricNamespace: 'Microsoft.ServiceBus/namespaces'
          metricName: 'ActiveMessages'
          timeAggregation: 'Maximum'
          operator: 'GreaterThan'
          threshold: 0
          dimensions: [
            {
              name: 'EntityName'
              operator: 'Include'
              values: concat(map(queueNames, queue => '${queue}_error'), map(queueNames, queue => '${queue}_skipped'))
            }
          ]
        }
      ]
    }
    actions: actions
  }
}

resource deadLetters 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: '${prefix}-dead-letters'
  location: 'global'
  tags: tags
  properties: {
    description: 'A message was delivered a thousand times without being settled: docs/operations.md#errorqueuenotempty'
    severity: 2
    enabled: true
    scopes: [serviceBusId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          criterionType: 'StaticThresholdCriterion'
          name: 'dead'
          metricNamespace: 'Microsoft.ServiceBus/namespaces'
          metricName: 'DeadletteredMessages'
          timeAggregation: 'Maximum'
          operator: 'GreaterThan'
          threshold: 0
          dimensions: [
            {
              name: 'EntityName'
              operator: 'Include'
              values: queueNames
            }
          ]
        }
      ]
    }
    actions: actions
  }
}
