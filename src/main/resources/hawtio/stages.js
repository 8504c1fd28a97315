// Two entries for Hawtio's menu, which lead to the MBeans of Floe's stages. Hawtio loads this as a remote of module
// federation: it calls init with the modules it shares, then get for what is to be run.
const shared = {}

const load = async name => (await Object.values(shared.modules[name])[0].get())()

const plugin = async () => {
  const { createElement } = await load('react')
  const { Navigate } = await load('react-router-dom')
  const { hawtio } = await load('@hawtio/react')

  const stage = (title, name, order) => ({
    id: `floe-${name}`,
    title,
    path: `/stage-${name}`,
    order,
    component: () => createElement(Navigate, { to: `/jmx/attributes?nid=floe-Stage-${name}`, replace: true }),
    isActive: async () => true,
  })
  hawtio.addPlugin(stage('Stage capture', 'capture', 30))
  hawtio.addPlugin(stage('Stage load', 'load', 31))
}

window.floe = {
  init: modules => {
    shared.modules = modules
  },
  get: async () => () => ({ plugin }),
}
